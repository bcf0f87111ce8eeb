<?php

namespace App\Controllers;

use CodeIgniter\Controller;

class Home extends Controller
{
    public function index()
    {
        session();

        return 'Kayart ok';
    }

    public function login($name)
    {
        session()->set(['name' => $name, 'count' => 0]);

        return "Hello {$name}";
    }

    public function count()
    {
        $session = session();
        $session->set('count', (int) $session->get('count') + 1);

        return $session->get('name') . ':' . $session->get('count');
    }

    public function slow()
    {
        sleep(min(30, (int) $this->request->getGet('seconds')));

        return 'slow';
    }

    public function plain()
    {
        return 'plain';
    }
}
