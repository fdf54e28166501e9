import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The service that the development server passes requests on to: `npm run mock` by default, or a real `skm serve`. */
const service = process.env.SKILLMEAT_SERVICE ?? 'http://127.0.0.1:4599';
const token = process.env.SKILLMEAT_TOKEN;
const passedOn = {
  target: service,
  changeOrigin: true,
  headers: { origin: service, ...(token ? { authorization: `Bearer ${token}` } : {}) },
};

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: { host: '127.0.0.1', proxy: { '/api': passedOn, '/health': passedOn, '/docs': passedOn, '/openapi.json': passedOn } },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    // The content security policy of the service allows no data: address but that of images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few scripts instead of one for each icon; a screen's own code stays apart.
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack[\\/](react-)?query(-core)?|@radix-ui|@floating-ui)[\\/]/,
            },
            { name: 'ui', test: /node_modules[\\/]lucide-react|src[\\/](ui|api|jobs|router)[\\/](?!DiffView)/ },
          ],
        },
      },
    },
  },
  test: { environment: 'jsdom', setupFiles: ['src/testing/setup.ts'], css: false, restoreMocks: true, testTimeout: 60_000 },
});
