// `npm run cost`: the README's table of what a month costs, from the prices and the quotas in this folder.
import { costTable } from './cost-table.ts';

process.stdout.write(`${costTable()}\n`);
