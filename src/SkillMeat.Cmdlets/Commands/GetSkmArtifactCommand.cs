using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the artifacts of collections.</summary>
[Cmdlet(VerbsCommon.Get, "SkmArtifact")]
[OutputType(typeof(Artifact))]
public sealed class GetSkmArtifactCommand : SkmCommand
{
    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run((store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, NamePatterns.Of(Name));
        var collections = ReadAll(store, pipeline, CollectionNames.Resolve(store, Collection));
        foreach (var artifact in collections.SelectMany(c => c.Artifacts).Where(filter.Matches))
        {
            cancellationToken.ThrowIfCancellationRequested();
            pipeline.Write(artifact);
        }

        // A name that one collection lacks may be in another. If no collection matches a pattern, no name is reported as missing.
        var unknown = collections.Count == 0 ? [] : filter.FindUnknownNames(collections.SelectMany(c => c.Artifacts).ToList());
        foreach (var missing in unknown)
        {
            pipeline.Error(ErrorRecords.Of(collections[0].Missing(missing), missing));
        }

        return Task.CompletedTask;
    });

    /// <summary>Reads collections. One of several that cannot be read is reported and skipped.</summary>
    private static List<Collection> ReadAll(CollectionStore store, PipelineQueue pipeline, IReadOnlyList<string> names)
    {
        var read = new List<Collection>();
        foreach (var name in names)
        {
            try
            {
                read.Add(store.Read(name));
            }
            catch (SkillMeatException e) when (names.Count > 1)
            {
                pipeline.Error(ErrorRecords.Of(e, name));
            }
        }

        return read;
    }
}
