using System.CommandLine;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using SkillMeat.Cache.Background;
using SkillMeat.Cli.Output;
using SkillMeat.Server.Background;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm watch</c>: refreshes the cache until it is stopped, or once.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan _longestStop = TimeSpan.FromMilliseconds(800);

    public static Command Create(CommandFactory commands)
    {
        var once = new Option<bool>("--once") { Description = "Refresh once what has expired, and end. The exit code is 1 if there were errors." };
        var interval = new Option<string?>("--interval")
        {
            Description = "The time between two runs, after which entries expire: seconds, or a number with s, m, h or d. Default: SKILLMEAT_REFRESH_INTERVAL, else 5m.",
            HelpName = "TIME",
        };
        var waits = new UpstreamWaits();
        return commands.Create(
            "watch",
            "Refreshes the cache in the background until it is stopped: every 5 minutes what has expired, and at once what other programs changed. Changes no collection.",
            [once, interval, .. waits.Symbols],
            async (run, parsed, cancellationToken) =>
            {
                var events = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
                using var manager = new ServiceManager(run.Environment, run.Time);
                var options = new BackgroundRefreshOptions
                {
                    Interval = parsed.GetValue(interval) is { } text ? RefreshInterval.Parse(interval.Name, text) : null,
                    Environment = run.Environment,
                    Upstream = run.SessionOptions(waits.Read(parsed)),
                    Report = line => events.Writer.TryWrite(() =>
                    {
                        run.Show(line);
                        manager.Show(line);
                    }),
                    Ran = refresh => events.Writer.TryWrite(() =>
                    {
                        WatchOutput.Write(run, refresh);
                        manager.Show(RunText.Of(refresh));
                    }),
                };
                var store = run.OpenHomeToRead();
                if (!parsed.GetValue(once)) return await WatchAsync(BackgroundRefresh.Start(store, options), manager, events.Reader, run.Time, cancellationToken);
                var result = await BackgroundRefresh.RunOnceAsync(store, options, cancellationToken);
                Deliver(events.Reader);
                if (result is null) return ExitCode.Success;
                WatchOutput.Write(run, result);
                return result is { Succeeded: true, Problems.Count: 0 } ? ExitCode.Success : ExitCode.Error;
            });
    }

    /// <summary>Writes what a service reports until it is stopped by Ctrl+C or a signal, which is its normal end.</summary>
    private static async Task<int> WatchAsync(BackgroundRefresh refresh, ServiceManager manager, ChannelReader<Action> events, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            manager.Ready();
            await foreach (var write in events.ReadAllAsync(stop.Token)) write();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        finally
        {
            manager.Stopping();
            // Work that does not end in time ends with the process: nothing of the user is being written.
            await Task.WhenAny(refresh.StopAsync(), Task.Delay(_longestStop, time, CancellationToken.None));
        }

        Deliver(events);
        return ExitCode.Success;
    }

    private static void Deliver(ChannelReader<Action> events)
    {
        while (events.TryRead(out var write)) write();
    }
}
