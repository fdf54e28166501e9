using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>The socket of a service manager, to which services say how they do.</summary>
internal sealed class NotifySocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    /// <param name="address">The path.</param>
    /// <param name="reads">Whether the manager reads what comes. The system keeps a few messages only.</param>
    public NotifySocket(string address, bool reads = true)
    {
        Address = address;
        _socket.Bind(new UnixDomainSocketEndPoint(address));
        if (reads) _ = ReadAsync();
    }

    public string Address { get; }

    public Task<string> ReceiveAsync() => _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public void Dispose() => _socket.Dispose();

    private async Task ReadAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            while (true) _messages.Writer.TryWrite(Encoding.UTF8.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, CancellationToken.None)));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _messages.Writer.Complete();
        }
    }
}
