/** Hosted services whose abandoned addresses a stranger can claim, and how an abandoned one shows. */

export interface ClaimableService {
  name: string
  /** Where the aliases of its customers lead. */
  target: RegExp
  /** What its page says while nobody has claimed the address; null: the name itself does not exist then. */
  says: RegExp | null
}

/** Facts as collected by EdOverflow/can-i-take-over-xyz; services that check who owns a domain are left out. */
const SERVICES: readonly ClaimableService[] = [
  { name: 'GitHub Pages', target: /\.github\.io$/, says: /There isn.t a GitHub Pages site here/ },
  {
    name: 'Heroku',
    target: /\.(herokuapp|herokudns|herokussl)\.com$/,
    says: /No such app|herokucdn\.com\/error-pages\/no-such-app/,
  },
  { name: 'Amazon S3', target: /\.s3([.-][a-z0-9.-]+)?\.amazonaws\.com$/, says: /NoSuchBucket/ },
  { name: 'AWS Elastic Beanstalk', target: /\.elasticbeanstalk\.com$/, says: null },
  {
    name: 'Microsoft Azure',
    target:
      /\.(azurewebsites\.net|cloudapp\.(net|azure\.com)|trafficmanager\.net|azure-api\.net|azureedge\.net|blob\.core\.windows\.net|azurecontainer\.io|azurehdinsight\.net)$/,
    says: null,
  },
  { name: 'Shopify', target: /\.myshopify\.com$/, says: /Sorry, this shop is currently unavailable/ },
  { name: 'Surge', target: /\.surge\.sh$/, says: /project not found/i },
  { name: 'Bitbucket', target: /\.bitbucket\.io$/, says: /Repository not found/ },
  {
    name: 'Ghost',
    target: /\.ghost\.io$/,
    says: /Site unavailable|Failed to resolve DNS path for this host/,
  },
  { name: 'Pantheon', target: /\.pantheonsite\.io$/, says: /404 error unknown site/ },
  { name: 'Help Scout', target: /\.helpscoutdocs\.com$/, says: /No settings were found for this company/ },
  { name: 'Help Juice', target: /\.helpjuice\.com$/, says: /We could not find what you're looking for/ },
  { name: 'Readme', target: /\.readme\.io$/, says: /The creators of this project are still working/ },
  { name: 'Read the Docs', target: /\.readthedocs\.io$/, says: /unknown to Read the Docs/ },
  { name: 'ngrok', target: /\.ngrok\.io$/, says: /Tunnel .*\.ngrok\.io not found/ },
  { name: 'UserVoice', target: /\.uservoice\.com$/, says: /This UserVoice subdomain is currently available/ },
  { name: 'LaunchRock', target: /\.launchrock\.com$/, says: /wrong turn somewhere/ },
  { name: 'WordPress.com', target: /\.wordpress\.com$/, says: /Do you want to register/ },
  { name: 'Netlify', target: /\.netlify\.(app|com)$/, says: /Not Found - Request ID/ },
  {
    name: 'Webflow',
    target: /(^|\.)proxy(-ssl)?\.webflow\.com$/,
    says: /The page you are looking for doesn't exist or has been moved/,
  },
  {
    name: 'Tumblr',
    target: /(^|\.)domains\.tumblr\.com$/,
    says: /Whatever you were looking for doesn't currently exist/,
  },
  { name: 'Strikingly', target: /\.s\.strikinglydns\.com$/, says: /PAGE NOT FOUND/ },
  { name: 'Agile CRM', target: /\.agilecrm\.com$/, says: /Sorry, this page is no longer available/ },
]

/** The service behind an alias, or null. The target has no final dot. */
export const serviceOf = (target: string): ClaimableService | null =>
  SERVICES.find((service) => service.target.test(target.toLowerCase())) ?? null
