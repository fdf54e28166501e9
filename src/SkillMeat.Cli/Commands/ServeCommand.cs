using System.CommandLine;
using System.Runtime.InteropServices;
using SkillMeat.Server.Hosting;
using SkillMeat.Serving;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm serve</c>: serves the home to browsers and HTTP clients until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(CommandFactory commands)
    {
        var options = new ServeOptions();
        return commands.Create(
            "serve",
            "Serves the home to browsers and HTTP clients of this machine until it is stopped with Ctrl+C. On a terminal, prints the address with its token when it is ready.",
            options.Symbols,
            async (run, parsed, cancellationToken) =>
            {
                var opens = options.Opens(run, parsed);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
                {
                    signal.Cancel = true;
                    stop.Cancel();
                });
                using var detached = options.IsDetached(parsed) ? DetachedProcess.Begin() : null;
                using var manager = new ServiceManager(run.Environment, run.Time);
                var chosen = options.Read(run, parsed, manager.Show);
                await using var server = await SkmServer.StartAsync(chosen, stop.Token);
                await using var asked = server.StopRequested.Register(stop.Cancel);
                if (run.IsJson) run.WriteJsonLine(server.Ready);
                else if (run.IsOutputTerminal) run.Say($"Serving {chosen.Home} at {server.Ready.Url}?token={server.Ready.Token} (Ctrl+C stops it).");
                // Many can read a journal, and it is kept.
                else run.Say($"Serving {chosen.Home} at {server.Ready.Url} (the token is in {server.TokenFile}).");
                if (chosen is { IsInsecure: true, Certificate: null }) run.Warn("everybody on the way can read the token, because there is no TLS.");
                manager.Ready();
                if (opens && !Browser.TryOpen(server.CreateSignInFile())) run.Warn("no browser could be opened. Open the address yourself.");
                await Task.Delay(Timeout.InfiniteTimeSpan, run.Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                manager.Stopping();
                await server.StopAsync();
                return ExitCode.Success;
            });
    }
}
