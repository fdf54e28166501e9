using SkillMeat.Collections;
using SkillMeat.Server.Hosting;
using SkillMeat.Storage;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Server.Kills;

/// <summary>The service of a home in the process of the tests, with the clock of the one that is killed, so that both write the same bytes.</summary>
internal sealed class KillServer : IAsyncDisposable
{
    private readonly SkmServer _server;
    private readonly StringWriter _log;

    private KillServer(SkmServer server, StringWriter log)
    {
        (_server, _log) = (server, log);
        Client = new KillClient(server.Ready.Url, server.Ready.Token);
    }

    public KillClient Client { get; }

    /// <summary>The lines of the log so far.</summary>
    public IReadOnlyList<string> Log => _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static async Task<KillServer> StartAsync(string home, IStorageFaults? faults = null)
    {
        var log = new StringWriter();
        var options = new ServerOptions
        {
            Home = home,
            Port = 0,
            Environment = _ => null,
            Time = new FixedTime(),
            Log = TextWriter.Synchronized(log),
            OpenHome = (path, time) => CollectionStore.Open(path, time, faults),
        };
        return new KillServer(await SkmServer.StartAsync(options, TestContext.Current.CancellationToken), log);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _log.DisposeAsync();
    }
}
