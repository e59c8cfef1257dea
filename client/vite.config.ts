import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `vite` (the development server) finds the real one. The build needs neither. */
const server = process.env.JUSTERA_SERVER ?? 'http://localhost:3000'

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  plugins: [react()],
  resolve: {
    dedupe: ['yjs', 'lib0', 'react', 'react-dom', 'prosemirror-model', 'prosemirror-state', 'prosemirror-view'],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    // The content security policy allows no data: fonts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // size-limit finds each page's chunks here.
    manifest: true,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/sync': { target: server, ws: true } },
  },
})
