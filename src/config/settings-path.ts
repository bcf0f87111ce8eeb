/** The settings of a repository, at its root. A file of its own: who only names it needs nothing that reads YAML. */
export const settingsFile = '.ci4-deploy.yml';
