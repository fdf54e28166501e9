using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;
using SkillMeat.Serving;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the servers of a home that run on this machine.</summary>
[Cmdlet(VerbsCommon.Get, "SkmServer")]
[OutputType(typeof(RunningServer))]
public sealed class GetSkmServerCommand : SkmCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => RunWithoutHome((pipeline, _) =>
    {
        if (!Directory.Exists(HomePath)) throw new SkillMeatException(ErrorIds.HomeNotFound, $"There is no home at '{HomePath}'.");
        foreach (var server in new HomeServers(HomePath, Time).List(removesEnded: true)) pipeline.Write(server);
        return Task.CompletedTask;
    });
}
