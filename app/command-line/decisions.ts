import type { Command } from 'commander';
import { approve, decline, undo } from './approve.ts';
import { cancelFile } from './cancel-file.ts';
import type { Work } from './command-line.ts';
import { buyerTexts, dropMessage, recordMessage } from './informal.ts';
import { approveQuarantine, bringBackQuarantine, dropQuarantine, listQuarantine } from './quarantine.ts';
import { refund } from './refund.ts';
import { previewRules } from './rules.ts';
import { solve } from './solve.ts';

const sameAsShown = 'of a preview: nothing is done where either side moved since';

/** The commands with which a merchant decides: each writes down what was chosen, and the loop does it. */
export function addDecisions(program: Command, on: (command: Command, work: Work) => void): void {
  on(
    program
      .command('approve')
      .description('cancel an order: on Amazon first, then in Shopify')
      .argument('<order>', 'an Amazon order id')
      .option('--refund <amount>', 'what is refunded, or full', 'full')
      .option('--reason <reason>', 'why, in Amazon’s word; not needed where the buyer asked for all lines')
      .option('--no-restock', 'put nothing back to stock')
      .option('--free', 'void an order that cost nothing')
      .option('--preview', 'only tell what would happen')
      .option('--version <version>', sameAsShown),
    approve,
  );
  on(
    program
      .command('decline')
      .description('ship although the buyer asked')
      .argument('<order>', 'an Amazon order id')
      .option('--preview', 'only tell what would happen')
      .option('--version <version>', sameAsShown),
    decline,
  );
  on(
    program
      .command('undo')
      .description('take the last decision about an order back while it rests')
      .argument('<order>', 'an Amazon order id'),
    undo,
  );
  on(
    program
      .command('refund')
      .description('refund a shipped order, on Amazon first')
      .argument('<order>', 'an Amazon order id')
      .option('--amount <amount>', 'how much of the whole order, or full')
      .option('--line <sku=amount...>', 'how much of a line')
      .option('--restock', 'the goods came back to stock')
      .option('--checked', 'you looked in Seller Central that it was not refunded there')
      .option('--preview', 'only tell what would happen')
      .option('--version <version>', sameAsShown),
    refund,
  );
  on(
    program
      .command('solve')
      .description('settle a problem')
      .argument('<problem>', 'its id, or its kind')
      .argument('[order]', 'with its kind: the order')
      .requiredOption('--with <choice>', 'what to do; a wrong one is answered with the right ones')
      .option('--value <value>', 'what the choice needs: a reason, carrier, variant, order, or a split')
      .option('--note <text>', 'why it is left as it is')
      .option('--checked', 'you looked in Seller Central'),
    solve,
  );
  on(
    program
      .command('cancel-file')
      .description('a file for cancelling by hand in Seller Central')
      .argument('<orders...>', 'Amazon order ids')
      .option('--reason <reason>', 'why, in Amazon’s word; not needed where the buyer asked for all lines'),
    cancelFile,
  );
  const informal = program.command('informal').description('buyers who ask to cancel by a message');
  on(
    informal
      .command('record')
      .description('write it down: the order is marked and held, and Amazon is told nothing')
      .argument('<order>', 'an Amazon order id, or - for a message on standard input that names it')
      .requiredOption('--why <reason>', 'changed_mind, wrong (item or address) or out_of_stock')
      .option('--line <sku...>', 'only these lines')
      .option('--no-hold', 'only mark it'),
    recordMessage,
  );
  on(informal.command('drop').argument('<order>').description('remove mark and hold'), dropMessage);
  on(
    informal
      .command('text')
      .argument('<order>')
      .description('texts to be copied to the buyer')
      .option('--language <code>', 'instead of the marketplace’s'),
    buyerTexts,
  );
  const quarantine = program
    .command('quarantine')
    .description('what was done in Shopify while nothing was sent');
  on(quarantine.command('list').description('what waits, and what would happen now'), listQuarantine);
  on(
    quarantine
      .command('approve')
      .argument('<orders...>')
      .option('--checked', 'you checked that it is still wanted'),
    approveQuarantine,
  );
  on(quarantine.command('drop').argument('<orders...>').description('leave Amazon as it is'), dropQuarantine);
  on(quarantine.command('back').argument('<orders...>').description('take a drop back'), bringBackQuarantine);
  const rules = program.command('rules').description('what is approved by itself');
  on(
    rules
      .command('preview')
      .description('what the rules would have done in the past 90 days')
      .option('--with <rules>', 'rules to try, as JSON'),
    previewRules,
  );
}
