using System.Management.Automation;
using SkillMeat.Additions;
using SkillMeat.Browsing;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Adds artifacts to a collection. If one cannot be added, none is, unless <c>-KeepGoing</c> is given.</summary>
[Cmdlet(VerbsCommon.Add, "SkmArtifact", SupportsShouldProcess = true, DefaultParameterSetName = SpecSet)]
[OutputType(typeof(AddEntry))]
public sealed class AddSkmArtifactCommand : UpstreamCommand
{
    private const string SpecSet = "Spec";
    private const string InputSet = "Input";

    private readonly List<(string[]? Collections, ArtifactAddition Addition)> _wanted = [];

    /// <summary>The sources: <c>owner/repo/path[@version]</c>, a URL, or a folder or file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SpecSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("FullName")]
    [AllowNull]
    [AllowEmptyString]
    public string[]? Spec { get; set; }

    /// <summary>The type of the artifacts. By default it is detected from their files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The name in the collection, for a single artifact.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>Adds everything that the sources contain.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>The names to add of what the sources contain, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Include { get; set; } = [];

    /// <summary>Adds the artifacts that can be added even if others cannot.</summary>
    [Parameter]
    public SwitchParameter KeepGoing { get; set; }

    /// <summary>The object from the pipeline: a source, a file or folder, or the check of an artifact that the collection does not have.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    private bool IsSelection => All || Include.Length > 0;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _wanted.AddRange(Read(piped).Select(addition => (Collection, addition))));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count > 0)
        {
            Run(AddAsync);
        }
    }

    private List<ArtifactAddition> Read(PipedObject? piped)
    {
        var sources = Spec?.Where(s => !string.IsNullOrEmpty(s)).ToList() is { Count: > 0 } named ? named : piped?.Texts ?? [];
        if (sources.Count == 0)
        {
            throw piped is null ? new SkillMeatException(ErrorIds.InvalidArgument, "The source of an artifact is empty.")
                : piped.Has("Spec") ? piped.Refused($"has no Spec{(piped["ArtifactId"] is { } artifact ? $": {artifact} cannot be added" : "")}. The check of a new artifact has one.")
                : piped.Unnamed("a source", "Spec, and no FullName");
        }

        // A file has a type and a name, too, which are not those of an artifact.
        var described = piped?.Has("Spec") == true ? piped : null;
        // Lists and checks of several sources may give one name to several artifacts.
        var isSuggested = Name is null && (described?.Has("State") == true || described?.Has("ChangeType") == true);
        var isInCollection = described?["State"] is "Present" or "Behind";
        // An artifact that was compared with another collection may be new to this one, and its name there does not count here.
        var isPresent = isInCollection && Collection is [var only] && only == described!["Collection"];
        return sources.Select(source => new ArtifactAddition(source)
        {
            Type = (Type ?? described?["Type"]) is { } type ? ArtifactType.Parse(type).Name : null,
            Name = Name ?? (isInCollection && !isPresent ? null : described?["Name"]),
            IsNameSuggested = isSuggested,
            Ref = described?["Ref"],
            IsPresent = isPresent,
        }).ToList();
    }

    private async Task AddAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (Name is not null && _wanted.Count > 1)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"-Name applies to one artifact, and {_wanted.Count} were given.");
        }

        if (Name is not null && IsSelection)
        {
            throw new SkillMeatException(ErrorIds.InvalidArgument, "-Name applies to one artifact, and not to a selection.");
        }

        var byCollection = _wanted
            .SelectMany(w => CollectionNames.ResolveKnown(store, w.Collections, pipeline).Select(collection => (Collection: collection, w.Addition)))
            .GroupBy(w => w.Collection, w => w.Addition, StringComparer.Ordinal)
            .ToList();
        if (byCollection.Count == 0)
        {
            return;
        }

        var baseFolder = await pipeline.AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        using var session = OpenUpstream(store, pipeline);
        var (adder, browser) = (new ArtifactAdder(store, session), new ArtifactBrowser(store, session));
        foreach (var ofCollection in byCollection)
        {
            var wanted = new List<ArtifactAddition>();
            IReadOnlyList<ArtifactAddition> additions = IsSelection ? [] : [.. ofCollection];
            if (IsSelection)
            {
                var selection = new BrowseRequest
                {
                    Sources = [.. ofCollection.Select(source => source.Spec)],
                    Types = Type is null ? [] : [ArtifactType.Parse(Type)],
                    Collection = ofCollection.Key,
                    BaseFolder = baseFolder,
                };
                await pipeline.TryAsync(ofCollection.Key, async () => additions = await SelectAsync(browser, selection, cancellationToken));
            }

            var isWhatIf = await pipeline.AskAsync(IsWhatIf);
            foreach (var addition in additions)
            {
                // There is nothing to confirm about an artifact that is there already, or a source that cannot be listed.
                if (isWhatIf && addition.Problem is { } problem)
                {
                    pipeline.Error(ErrorRecords.Of(Error(problem.ErrorId, $"{addition.Spec}: {problem.Message}"), addition.Spec));
                }
                else if (addition.IsPresent || addition.Problem is not null ? !isWhatIf : await MayAsync(pipeline, $"collection '{ofCollection.Key}'", Describe(addition)))
                {
                    wanted.Add(addition);
                }
            }

            if (wanted.Count > 0)
            {
                var request = new AddRequest { Artifacts = wanted, Collection = ofCollection.Key, BaseFolder = baseFolder, LockTimeout = LockTimeout, KeepGoing = KeepGoing };
                await pipeline.TryAsync(ofCollection.Key, () => AddAsync(adder, browser, request, pipeline, cancellationToken));
            }
        }
    }

    private static string Describe(ArtifactAddition addition) => addition.Name is null ? $"Add {ShortText.Cut(addition.Spec)}" : $"Add {ShortText.Cut(addition.Spec)} as '{ShortText.Cut(addition.Name)}'";

    private async Task<IReadOnlyList<ArtifactAddition>> SelectAsync(ArtifactBrowser browser, BrowseRequest selection, CancellationToken cancellationToken)
    {
        try
        {
            return await browser.SelectAsync(selection, [.. Wildcards.OfArtifacts(Include)], cancellationToken);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.ArtifactNotFound)
        {
            throw Error(e.ErrorId, e.Message);
        }
    }

    private static async Task AddAsync(ArtifactAdder adder, ArtifactBrowser browser, AddRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, $"Adding to collection '{request.Collection}'");
        var entries = await adder.AddAsync(request, cancellationToken);
        // A source whose type cannot be determined may contain artifacts.
        Write(entries, entry => entry is { ErrorId: ErrorIds.InvalidArgument, ArtifactId: null } && browser.MayContainSeveral(entry.Spec, request.BaseFolder), pipeline);
    }

    // Only sources are searched for artifacts here.
    private static SkillMeatException Error(string errorId, string message) => errorId == ErrorIds.ArtifactNotFound ? new NotInSourceException(message) : new SkillMeatException(errorId, message);

    private static void Write(IReadOnlyList<AddEntry> entries, Predicate<AddEntry> mayContainSeveral, PipelineQueue pipeline)
    {
        foreach (var entry in entries)
        {
            foreach (var warning in entry.Warnings)
            {
                pipeline.Warn($"{entry.ArtifactId}: {warning}");
            }

            if (entry.Status is AddStatus.Added or AddStatus.Unchanged)
            {
                pipeline.Write(entry);
            }
            else if (entry.ErrorId is { } errorId)
            {
                var hint = mayContainSeveral(entry) ? " If it contains artifacts, -All adds all of them, and -Include those that match; Get-SkmUpstreamArtifact lists them." : "";
                pipeline.Error(ErrorRecords.Of(Error(errorId, $"{entry.Spec}: {entry.Reason}{hint}"), entry));
            }
        }

        if (entries.Any(entry => entry.Status == AddStatus.Skipped))
        {
            pipeline.Warn("Nothing was added: all are added, or none.");
        }
    }
}
