using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Copies artifacts to another collection. Takes a snapshot of that first.</summary>
[Cmdlet(VerbsCommon.Copy, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = NameSet)]
[OutputType(typeof(TransferredArtifact))]
public sealed class CopySkmArtifactCommand : TransferCommand
{
    private protected override string Verb => "Copy";

    private protected override Task<IReadOnlyList<TransferredArtifact>> TransferAsync(ArtifactTransfer transfer, TransferRequest request, CancellationToken cancellationToken) =>
        transfer.CopyAsync(request, cancellationToken);
}
