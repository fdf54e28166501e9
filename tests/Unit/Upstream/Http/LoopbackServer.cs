using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>An HTTP/1.1 server on 127.0.0.1 that misbehaves on request, as a regular server library does not allow.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<Received, Task<Reply>> _answer;
    private readonly Task _accepting;
    private int _numbers;

    public LoopbackServer(Func<Received, Reply> answer)
        : this(request => Task.FromResult(answer(request)))
    {
    }

    public LoopbackServer(Func<Received, Task<Reply>> answer)
    {
        _answer = answer;
        _listener.Start();
        Root = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Answers the n-th request with the n-th reply, and all further ones with the last.</summary>
    public static LoopbackServer Script(params Reply[] replies) => new(request => replies[Math.Min(request.Number, replies.Length) - 1]);

    public Uri Root { get; }

    public IReadOnlyList<Received> Requests => [.. _received];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
            _connections.Add(ServeAsync(socket));
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                using var stream = new NetworkStream(socket);
                var buffer = new List<byte>();
                while (await ReadAsync(stream, buffer) is { } request)
                {
                    _received.Enqueue(request);
                    var reply = await _answer(request);
                    await stream.WriteAsync(reply.Bytes, _stop.Token);
                    if (reply.End == ReplyEnd.KeepOpen) continue;
                    if (reply.End == ReplyEnd.Silence) await stream.ReadAsync(new byte[1], _stop.Token);
                    while (reply.End == ReplyEnd.Trickle)
                    {
                        await stream.WriteAsync(" "u8.ToArray(), _stop.Token);
                        await Task.Delay(50, _stop.Token);
                    }

                    while (reply.End == ReplyEnd.Endless) await stream.WriteAsync(reply.Piece, _stop.Token);
                    if (reply.End == ReplyEnd.Reset) socket.LingerState = new LingerOption(true, 0);
                    return;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client closed the connection, or the test is over; tests do both on purpose.
                return;
            }
        }
    }

    private async Task<Received?> ReadAsync(NetworkStream stream, List<byte> buffer)
    {
        byte[] chunk = new byte[8192];
        while (true)
        {
            string text = Encoding.Latin1.GetString([.. buffer]);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                string[] lines = text[..end].Split("\r\n");
                var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
                int length = headers.TryGetValue("Content-Length", out string? value) ? int.Parse(value) : 0;
                if (buffer.Count >= end + 4 + length)
                {
                    string body = text.Substring(end + 4, length);
                    buffer.RemoveRange(0, end + 4 + length);
                    string[] first = lines[0].Split(' ');
                    return new Received(Interlocked.Increment(ref _numbers), first[0], first[1], headers, body);
                }
            }
            int read = await stream.ReadAsync(chunk, _stop.Token);
            if (read == 0) return null;
            buffer.AddRange(chunk.AsSpan(0, read));
        }
    }
}
