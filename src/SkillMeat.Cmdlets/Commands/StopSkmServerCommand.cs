using System.Globalization;
using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Serving;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Stops servers of a home, and waits for their end.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SkmServer", SupportsShouldProcess = true, DefaultParameterSetName = IdSet)]
[OutputType(typeof(RunningServer))]
public sealed class StopSkmServerCommand : SkmCommand
{
    private const string IdSet = "Id";
    private const string InputSet = "Input";

    private readonly List<(string? Home, int? ProcessId, object? Item)> _asked = [];

    /// <summary>The ids of the processes; all servers of the home without it.</summary>
    [Parameter(Position = 0, ParameterSetName = IdSet)]
    [ValidateNotNullOrEmpty]
    public int[]? ProcessId { get; set; }

    /// <summary>The object from the pipeline: a server.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The time to wait for the end of each, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForServer;

    /// <summary>Whether to return the servers that were stopped.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: ParameterSetName == InputSet, piped =>
    {
        if (piped is not null) _asked.Add((piped["Home"], IdOf(piped), piped.Value));
        else if (ProcessId is null) _asked.Add((null, null, null));
        else _asked.AddRange(ProcessId.Select(id => ((string?)null, (int?)id, (object?)id)));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_asked.Count > 0) RunWithoutHome(StopAsync);
    }

    private async Task StopAsync(PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        foreach (var (home, id, item) in _asked)
        {
            await pipeline.TryAsync(item, async () =>
            {
                var servers = new HomeServers(home ?? HomePath, Time);
                var found = servers.List(removesEnded: !await pipeline.AskAsync(IsWhatIf)).Where(server => id is null || server.ProcessId == id).ToList();
                if (found.Count == 0 && home is null && id is not null)
                {
                    throw new SkillMeatException(ErrorIds.ServerNotFound, string.Create(CultureInfo.InvariantCulture, $"No server of '{HomePath}' has the process id {id}."));
                }

                if (found.Count == 0) pipeline.Verbose($"The server of '{home ?? HomePath}' does not run.");
                foreach (var server in found) await pipeline.TryAsync(server, () => StopAsync(servers, server, pipeline, cancellationToken));
            });
        }
    }

    private async Task StopAsync(HomeServers servers, RunningServer server, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (!await MayAsync(pipeline, string.Create(CultureInfo.InvariantCulture, $"server at {server.Url} (process {server.ProcessId})"), "Stop it")) return;
        if (await servers.StopAsync(server, TimeSpan.FromSeconds(TimeoutSec), cancellationToken) && PassThru) pipeline.Write(server);
    }

    private static int IdOf(PipedObject piped)
    {
        if (piped.Value is PSObject { BaseObject: int number }) return number;
        var text = piped.Texts is [var only] ? only : piped["ProcessId"];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw piped.Unnamed("a server", "ProcessId");
    }
}
