using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Organizing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Moves artifacts to another collection, in one transaction over both. Takes a snapshot of each first. Deployments in known projects follow.</summary>
[Cmdlet(VerbsCommon.Move, "SkmArtifact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = NameSet)]
[OutputType(typeof(TransferredArtifact))]
public sealed class MoveSkmArtifactCommand : TransferCommand
{
    private protected override string Verb => "Move";

    private protected override Task<IReadOnlyList<TransferredArtifact>> TransferAsync(ArtifactTransfer transfer, TransferRequest request, CancellationToken cancellationToken) =>
        transfer.MoveAsync(request, cancellationToken);
}
