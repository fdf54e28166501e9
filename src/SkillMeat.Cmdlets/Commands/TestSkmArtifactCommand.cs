using System.Management.Automation;
using SkillMeat.Artifacts.Judging;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Tests artifacts before they are published.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SkmArtifact")]
[OutputType(typeof(ArtifactProblem))]
public sealed class TestSkmArtifactCommand : SkmCommand
{
    /// <summary>The folders and files: an artifact, or a repository of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            RunWithoutHome((pipeline, cancellationToken) => pipeline.TryAsync(path, () =>
            {
                foreach (var problem in ArtifactJudge.Judge(ResolvePath(path, "an artifact is a folder or a file"), path, cancellationToken)) pipeline.Write(problem);
                return Task.CompletedTask;
            }));
        }
    }
}
