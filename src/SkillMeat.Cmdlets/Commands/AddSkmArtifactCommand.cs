using System.Management.Automation;
using SkillMeat.Additions;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Adds artifacts to a collection. If one cannot be added, none is.</summary>
[Cmdlet(VerbsCommon.Add, "SkmArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(AddEntry))]
public sealed class AddSkmArtifactCommand : UpstreamCommand
{
    private readonly List<string> _specs = [];

    /// <summary>The sources: <c>owner/repo/path[@version]</c>, a URL, or a folder or file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] Spec { get; set; } = [];

    /// <summary>The type of the artifacts. By default it is detected from their files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The name in the collection, for a single artifact.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _specs.AddRange(Spec);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_specs.Count > 0)
        {
            Run(AddAsync);
        }
    }

    private async Task AddAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var type = Type is null ? null : ArtifactType.Parse(Type).Name;
        if (Name is not null && _specs.Count > 1)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"-Name applies to one artifact, and {_specs.Count} were given.");
        }

        var collection = CollectionNames.MatchOrActive(store, Collection);
        var wanted = new List<ArtifactAddition>();
        foreach (var spec in _specs)
        {
            if (await MayAsync(pipeline, $"collection '{collection}'", Name is null ? $"Add {spec}" : $"Add {spec} as '{Name}'"))
            {
                wanted.Add(new ArtifactAddition(spec) { Type = type, Name = Name });
            }
        }

        if (wanted.Count == 0)
        {
            return;
        }

        using var session = OpenUpstream(store, pipeline);
        var request = new AddRequest
        {
            Artifacts = wanted,
            Collection = collection,
            BaseFolder = await pipeline.AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath),
            LockTimeout = LockTimeout,
        };
        using var progress = ShowProgress(pipeline, $"Adding to collection '{collection}'");
        Write(await new ArtifactAdder(store, session).AddAsync(request, cancellationToken), pipeline);
    }

    private static void Write(IReadOnlyList<AddEntry> entries, PipelineQueue pipeline)
    {
        foreach (var entry in entries)
        {
            foreach (var warning in entry.Warnings)
            {
                pipeline.Warn($"{entry.ArtifactId}: {warning}");
            }

            if (entry.Status == AddStatus.Added)
            {
                pipeline.Write(entry);
            }
            else if (entry.ErrorId is { } errorId)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(errorId, $"{entry.Spec}: {entry.Reason}"), entry));
            }
        }

        if (entries.Any(entry => entry.Status == AddStatus.Skipped))
        {
            pipeline.Warn("Nothing was added: all are added, or none.");
        }
    }
}
