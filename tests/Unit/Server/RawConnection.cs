using System.Net.Sockets;
using System.Text;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>A connection that sends bytes as they are, which clients would tidy up.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new() { NoDelay = true };
    private NetworkStream _stream = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(ServiceScene scene)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(scene.Url.Host, scene.Url.Port, Cancellation);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    /// <summary>Sends a request on a connection of its own, and reads the answer to its end.</summary>
    public static async Task<string> SendAsync(ServiceScene scene, string request)
    {
        using var connection = await OpenAsync(scene);
        await connection.WriteAsync(request);
        return await connection.ReadAsync();
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes, Cancellation);

    /// <summary>Sends bytes until all are sent, or the server does not take them any more.</summary>
    /// <returns>The number of bytes that were sent.</returns>
    public async Task<long> WriteAsync(IEnumerable<byte[]> parts)
    {
        var sent = 0L;
        try
        {
            foreach (var part in parts)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
                patience.CancelAfter(TimeSpan.FromSeconds(5));
                await _stream.WriteAsync(part, patience.Token);
                sent += part.Length;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server has answered, and does not read the rest.
        }

        return sent;
    }

    /// <summary>Reads until the server closes the connection.</summary>
    public async Task<string> ReadAsync()
    {
        using var longest = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        longest.CancelAfter(_longest);
        using var all = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(all, longest.Token);
        }
        catch (IOException)
        {
            // A reset after the answer.
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    public void Dispose() => _client.Dispose();
}
