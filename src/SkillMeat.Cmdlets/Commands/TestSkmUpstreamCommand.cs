using System.Management.Automation;
using System.Security;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Storage;
using SkillMeat.Upstream.Diagnosis;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Tests the access to each upstream host.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SkmUpstream")]
[OutputType(typeof(UpstreamFinding))]
public sealed class TestSkmUpstreamCommand : SkmCommand
{
    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>The time to wait for a host that does not answer, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.LeastForAnswer, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForAnswer;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        using var progress = ShowProgress(pipeline, "Contacting the hosts", "hosts");
        var doctor = new UpstreamDoctor(store, UpstreamConnection.Options(pipeline, Token, maxWaitSec: 0, TimeoutSec));
        foreach (var finding in await doctor.ExamineAsync(progress.Update, cancellationToken))
        {
            pipeline.Write(finding);
        }
    });
}
