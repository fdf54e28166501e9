using System.Management.Automation;
using SkillMeat.Artifacts.Judging;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Tests artifacts before they are published.</summary>
[Cmdlet(VerbsDiagnostic.Test, "SkmArtifact", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ArtifactProblem))]
public sealed class TestSkmArtifactCommand : SkmCommand
{
    private const string PathSet = "Path";
    private const string InputSet = "Input";

    /// <summary>The folders and files: an artifact, or a repository of them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("FullName")]
    [AllowNull]
    [AllowEmptyString]
    public string[]? Path { get; set; }

    /// <summary>The object from the pipeline: a path, a folder or file, or an object with a path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        if (piped?.Has("Collection") == true)
        {
            var artifact = piped["ArtifactId"] is { } id ? $": {id} was not tested" : "";
            throw piped.Refused($"has a path in its collection or repository, and not one of this folder{artifact}. Name its folder; Get-SkmCollection shows that of a collection.");
        }

        var paths = Path?.Where(path => !string.IsNullOrEmpty(path)).ToList() is { Count: > 0 } named ? named : piped?.Texts ?? [];
        if (paths.Count == 0) throw piped?.Unnamed("a folder or file", "Path, and no FullName") ?? new SkillMeatException(ErrorIds.InvalidArgument, "The path of an artifact is empty.");
        foreach (var path in paths) Judge(path);
    });

    private void Judge(string path) => RunWithoutHome((pipeline, cancellationToken) => pipeline.TryAsync(path, () =>
    {
        foreach (var problem in ArtifactJudge.Judge(ResolvePath(path, "an artifact is a folder or a file"), path, cancellationToken)) pipeline.Write(problem);
        return Task.CompletedTask;
    }));
}
