using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>A connection to a browser by WebDriver BiDi. The few commands that the tests need do not justify a driver: those for .NET are not yet compatible with each other's versions.</summary>
internal sealed class Bidi : IAsyncDisposable
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private Task _reading = Task.CompletedTask;
    private int _last;

    private Bidi()
    {
        // Loopback is reached directly, whatever proxy the machine has.
        _socket.Options.Proxy = null;
    }

    /// <summary>Raised for every event that was subscribed to, with its name and its parameters.</summary>
    public event Action<string, JsonElement>? Happened;

    public static async Task<Bidi> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var bidi = new Bidi();
        await bidi._socket.ConnectAsync(address, cancellationToken);
        bidi._reading = bidi.ReadAsync();
        return bidi;
    }

    /// <summary>Sends a command and returns its result.</summary>
    /// <exception cref="InvalidOperationException">The browser refuses it, or is gone.</exception>
    /// <exception cref="TimeoutException">No answer comes.</exception>
    public async Task<JsonElement> SendAsync(string method, object parameters, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var answer = _waiting[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }

        var message = await answer.Task.WaitAsync(LongestAnswer, cancellationToken);
        return message.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"Firefox refused {method}: {message.GetProperty("message").GetString()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var text = new MemoryStream();
        try
        {
            while (await _socket.ReceiveAsync(buffer, _end.Token) is { MessageType: WebSocketMessageType.Text } part)
            {
                text.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Handle(JsonSerializer.Deserialize<JsonElement>(text.ToArray()));
                text.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The browser or the test has ended.
        }

        foreach (var one in _waiting.Values) one.TrySetException(new InvalidOperationException("Firefox ended."));
    }

    private void Handle(JsonElement message)
    {
        if (message.GetProperty("type").GetString() == "event") Happened?.Invoke(message.GetProperty("method").GetString()!, message.GetProperty("params"));
        else if (message.GetProperty("id").TryGetInt32(out var id) && _waiting.TryRemove(id, out var answer)) answer.TrySetResult(message);
    }
}
