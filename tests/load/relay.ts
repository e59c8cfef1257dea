import { type WebSocket, WebSocketServer } from 'ws'

/**
 * The plain floor of every comparison: forwards each message to everybody else in the room, knows nothing of
 * documents, people or disks. `node tests/load/relay.ts <port>` prints `ready` when it listens.
 */
const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false })

server.on('listening', () => console.log('ready'))
server.on('connection', (socket, request) => {
  const name = request.url ?? '/'
  const room = rooms.get(name) ?? new Set<WebSocket>()
  rooms.set(name, room.add(socket))
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(data, { binary: true })
  })
  socket.on('close', () => room.delete(socket))
})
process.on('SIGTERM', () => process.exit(0))
