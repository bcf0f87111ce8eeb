import { Secret } from '../../src/secret.ts';
import { FakeDatabase } from '../fakes/database.ts';
import { FakeScratch } from '../fakes/scratch.ts';
import { scratchContract } from './scratch.ts';

const address = { host: '127.0.0.1', port: 3306 };
const login = { address, user: 'u', password: new Secret('p'), database: 'ci4_check' };

scratchContract('the fake', async () => new FakeScratch(new FakeDatabase(login)));
