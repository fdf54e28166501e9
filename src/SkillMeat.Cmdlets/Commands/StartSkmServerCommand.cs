using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Serving;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Starts the server of a home as a process of its own, or returns the one that runs.</summary>
[Cmdlet(VerbsLifecycle.Start, "SkmServer", SupportsShouldProcess = true)]
[OutputType(typeof(RunningServer))]
public sealed class StartSkmServerCommand : SkmCommand
{
    private const int MostPort = 65_535;

    /// <summary>The port; 0 for any free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, MostPort)]
    public int? Port { get; set; }

    /// <summary>The program <c>skm</c>, or a folder with it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Whether to open the page in the browser.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <summary>The time to wait until the server answers, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.LeastForAnswer, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForServer;

    /// <inheritdoc/>
    protected override void EndProcessing() => RunWithoutHome(async (pipeline, cancellationToken) =>
    {
        var servers = new HomeServers(HomePath, Time);
        var isNew = false;
        if (HomeServers.Choose(servers.List(removesEnded: false), Port) is not { } server)
        {
            var program = await pipeline.AskAsync(FindProgram);
            if (!await MayAsync(pipeline, $"home '{HomePath}'", "Start the server")) return;
            pipeline.Verbose($"Starting {program}.");
            var start = new ServerStart { Program = program, Port = Port, Timeout = TimeSpan.FromSeconds(TimeoutSec) };
            (server, isNew) = await servers.StartAsync(start, cancellationToken);
        }

        if (!isNew) pipeline.Verbose($"The server of '{HomePath}' runs already.");
        if (Open && await MayAsync(pipeline, $"{server.Url}", "Open the page in the browser") && !Browser.TryOpen(await servers.CreateSignInPageAsync(server, cancellationToken)))
        {
            pipeline.Warn($"No browser could be opened. The page is at {server.Url}; the token to sign in with is in '{servers.TokenFile}'.");
        }

        pipeline.Write(server);
    });

    private string FindProgram() => ServerProgram.Find(Path is null ? null : ResolvePath(Path, "a program is a file"), ModuleFolder.ForPrograms(), Environment.GetEnvironmentVariable);
}
