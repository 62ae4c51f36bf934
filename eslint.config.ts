import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

interface Border {
  readonly target: string;
  readonly from: string;
  readonly except?: string[];
  readonly message: string;
}

/** `target` may take of app only what `except` names. */
const only = (target: string, except: string[], message: string): Border => ({
  target: `./app/${target}`,
  from: './app',
  except: [`./${target}`, ...except.map((folder) => `./${folder}`)],
  message,
});

const borders: Border[] = [
  only('domain', [], 'The domain is pure: it decides on data and knows nobody else of app.'),
  only('amazon', ['domain', 'lib'], 'Amazon’s words stay in app/amazon; buckets and tokens are handed in.'),
  only('shopify', ['domain', 'lib'], 'Shopify’s words stay in app/shopify; tokens are handed in.'),
  only(
    'db',
    ['domain', 'lib', 'queue'],
    'The database knows the domain’s types, and the queue so that row and job share a transaction.',
  ),
  only('queue', ['domain', 'lib', 'db'], 'The queue is a thin border around its library.'),
  only(
    'sync',
    ['domain', 'lib', 'db', 'queue', 'amazon', 'shopify', 'reports', 'mail'],
    'The work is done without a page: sync never imports routes or ui.',
  ),
  only(
    'notices',
    ['domain', 'lib', 'db', 'shopify', 'sync', 'ui'],
    'Staff and workflows are told in the pages’ words of what the database says; nothing here writes to an order.',
  ),
  only(
    'extensions',
    ['domain', 'lib', 'db', 'shopify', 'sync', 'ui'],
    'What extensions show is said in the pages’ words; what they want is done by sync.',
  ),
  only(
    'practice',
    ['domain', 'lib', 'db'],
    'Practice never leaves this process: no adapter, no queue, none of the work on real orders.',
  ),
  only(
    'flow',
    ['domain', 'lib', 'db', 'sync', 'ui'],
    'A step of a merchant’s workflow is a decision like any other: sync makes it.',
  ),
  only('mail', ['domain', 'lib'], 'A mail is read and judged; what comes of it is sync’s work.'),
  only('reports', ['domain', 'lib', 'db'], 'A report is read and counted; what comes of it is sync’s work.'),
  {
    target: './app/routes',
    from: './app/amazon',
    message: 'A page never calls Amazon; it knocks, and the loop does.',
  },
  { target: './app/ui', from: './app/amazon', message: 'A component never calls Amazon.' },
  { target: './extensions', from: './app', message: 'The server tells extensions what to show.' },
  ...[
    'amazon',
    'shopify',
    'db',
    'domain',
    'extensions',
    'flow',
    'lib',
    'mail',
    'notices',
    'practice',
    'queue',
    'reports',
    'sync',
    'routes',
    'ui',
  ].map((folder) => ({
    target: `./app/${folder}`,
    from: './app/sandbox',
    message: 'The product does not know its sandbox.',
  })),
];

/** Properties and attributes that people read. */
const read =
  '/^(?:label|title|subtitle|content|heading|description|placeholder|helpText|error|prefix|suffix|accessibilityLabel|previousTooltip|nextTooltip|singular|plural|alt|aria-label)$/';
const attribute = `:not(JSXOpeningElement[name.name="meta"]) > JSXAttribute[name.name=${read}]`;
const letters = '[value=/\\p{L}/u]';
/** A text with letters: as it stands, as a template, or as one of two. */
const text = `:matches(Literal${letters}, TemplateLiteral:has(> TemplateElement[value.raw=/\\p{L}/u]))`;
const oneOfTwo = `:matches(ConditionalExpression, LogicalExpression) > ${text}`;

/** Texts that a page says without asking for the reader's language. */
const hardCodedTexts = [
  `JSXText${letters}`,
  `${attribute} > Literal${letters}`,
  ...[
    `${attribute} > JSXExpressionContainer`,
    ':matches(JSXElement, JSXFragment) > JSXExpressionContainer',
    `Property[key.name=${read}]`,
    'CallExpression[callee.object.property.name="toast"]',
  ].flatMap((place) => [`${place} > ${text}`, `${place} > ${oneOfTwo}`]),
].map((selector) => ({ selector, message: 'What is said comes from app/locales, in every language: t(…).' }));

export default defineConfig(
  { ignores: ['build', 'node_modules', 'public', 'app/sandbox/admin/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    plugins: { 'import-x': importX, 'react-hooks': { rules: reactHooks.rules } },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `void` in front of a promise says that nobody waits for it on purpose.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Remix answers by throwing Responses.
      '@typescript-eslint/only-throw-error': ['error', { allow: ['Response'] }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_$' }],
      'import-x/no-restricted-paths': ['error', { zones: borders }],
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['app/ui/**', 'app/routes/**', 'app/extensions/**', 'app/root.tsx', 'extensions/**'],
    ignores: ['**/*.test.*', 'extensions/tests/**', 'extensions/build.ts'],
    rules: { 'no-restricted-syntax': ['error', ...hardCodedTexts] },
  },
  // A table of cases may be long; what it tests may not.
  { files: ['**/*.test.ts'], rules: { 'max-lines': 'off' } },
);
