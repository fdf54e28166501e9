using SkillMeat.Artifacts;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Contents;

namespace SkillMeat.Additions;

/// <summary>Resolves and fetches artifacts: one batch of questions, then one download for each repository and commit. Does not read or write the collection.</summary>
internal sealed class AdditionPreparer(UpstreamSession session, ObjectStore objects, string baseFolder)
{
    // Each takes a look at all paths of a repository.
    private const int MostSuggestions = 10;

    /// <summary>Prepares artifacts.</summary>
    /// <returns>The prepared artifact or the error for each addition, in order.</returns>
    /// <exception cref="StorageException">The store cannot be written. Or <see cref="ErrorIds.ObjectMissing"/>: another process collected the new objects meanwhile.</exception>
    public async Task<IReadOnlyList<(PreparedAddition? Prepared, SkillMeatException? Error)>> PrepareAsync(IReadOnlyList<ArtifactAddition> additions, CancellationToken cancellationToken)
    {
        var context = session.ContextFor(baseFolder);
        var readings = additions.Select(addition => Try(() => addition.Problem is { } problem ? throw problem : Wanted.ParseAll(addition, context))).ToList();
        var answers = new Dictionary<Wanted, PathAnswer>(await AskAsync([.. readings.SelectMany(one => one.Result ?? [])], cancellationToken).ConfigureAwait(false), ReferenceEqualityComparer.Instance);
        var wanted = readings.ConvertAll(one => (Result: one.Result is null ? null : Choose(one.Result, answers), one.Error));
        wanted = await FindByNameAsync(wanted, answers, cancellationToken).ConfigureAwait(false);
        var sources = wanted.Where(one => one.Result is not null).Select(one => one.Result!).ToList();
        var fetched = await FetchAsync(sources, answers, cancellationToken).ConfigureAwait(false);
        // Which files configure hooks and servers shows only in their content. Then the folder is meant, or at the root the file alone.
        var folders = sources.Select(one => (One: one, Folder: FolderOf(one, answers[one], fetched))).Where(one => one.Folder is not null)
            .ToDictionary(one => one.One, one => one.Folder!, ReferenceEqualityComparer.Instance as IEqualityComparer<Wanted>);
        if (folders.Count > 0)
        {
            foreach (var (one, folder) in folders) answers[folder] = answers[one] with { ObjectId = null };
            var others = folders.Values.Where(folder => !folder.IsAlone).ToList();
            foreach (var (place, path) in await FetchAsync(others, answers, cancellationToken).ConfigureAwait(false)) fetched[place] = path;
            wanted = wanted.ConvertAll(one => one.Result is { } result && folders.TryGetValue(result, out var folder) ? (folder, null) : one);
        }

        var nearest = await FindNearestAsync(sources, answers, cancellationToken).ConfigureAwait(false);
        return [.. wanted.Select(one => one.Result is null ? (null, one.Error) : Try(() => Finish(one.Result, answers[one.Result], fetched, nearest)))];
    }

    /// <summary>Chooses among several readings of an address: the longest ref that exists and has the path, else the shortest ref.</summary>
    private static Wanted Choose(IReadOnlyList<Wanted> readings, IReadOnlyDictionary<Wanted, PathAnswer> answers) =>
        readings.FirstOrDefault(one => answers[one] is { Error: null, Commit: not null, Exists: true }) ?? readings.FirstOrDefault(one => one.Source.Version is not null && answers[one] is { Error: null, Commit: not null }) ?? readings[^1];

    /// <summary>Finds the skills that were named as <c>owner/repo@name</c>, where there is no such ref.</summary>
    private async Task<List<(Wanted? Result, SkillMeatException? Error)>> FindByNameAsync(
        List<(Wanted? Result, SkillMeatException? Error)> wanted, Dictionary<Wanted, PathAnswer> answers, CancellationToken cancellationToken)
    {
        var named = wanted.Where(one => one.Result is { MayBeName: true } source && answers[source] is { Commit: null }).Select(one => one.Result!).ToList();
        if (named.Count == 0) return wanted;
        var heads = named.ToDictionary(one => one, one => one with { Follows = RefSpec.Latest }, ReferenceEqualityComparer.Instance as IEqualityComparer<Wanted>);
        var found = await AskAsync([.. heads.Values], cancellationToken).ConfigureAwait(false);
        var questions = heads.Values.Where(head => found[head].Commit is not null).Select(head => new TreeQuestion(head.Source.Repository, found[head].Commit!)).Distinct().ToList();
        var trees = questions.Count == 0 ? [] : (await session.Provider.ListAsync(questions, cancellationToken).ConfigureAwait(false)).ToDictionary(tree => tree.Question);
        foreach (var (one, head) in heads)
        {
            if (found[head].Commit is not { } commit || !trees.TryGetValue(new TreeQuestion(head.Source.Repository, commit), out var tree)) continue;
            var paths = tree.Items.Where(item => item.Name == "SKILL.md" && !item.IsFolder && TreePath.LastPart(TreePath.Parent(item.Path)) == one.Source.Version).Select(item => TreePath.Parent(item.Path)).ToList();
            if (paths.Count != 1) continue;
            var skill = head with { Source = new SourceSpec(head.Source.Repository, paths[0], Version: null) };
            answers[skill] = found[head] with { Exists = true, ObjectId = null };
            var place = wanted.FindIndex(other => ReferenceEquals(other.Result, one));
            wanted[place] = (skill, null);
        }

        return wanted;
    }

    private async Task<IReadOnlyDictionary<Wanted, PathAnswer>> AskAsync(IReadOnlyList<Wanted> wanted, CancellationToken cancellationToken)
    {
        var groups = wanted.GroupBy(one => one.Source.Repository).ToDictionary(group => group.Key, group => group.ToList());
        var questions = groups.Select(group => new RepositoryQuestion(group.Key, group.Value.ConvertAll(one => one.Ask()), [], WithFacts: false)).ToList();
        var found = new Dictionary<Wanted, PathAnswer>(ReferenceEqualityComparer.Instance);
        if (questions.Count == 0) return found;
        foreach (var answer in await session.Provider.AskAllAsync(questions, cancellationToken).ConfigureAwait(false))
        {
            var asked = groups[answer.Question.Repository];
            for (var i = 0; i < answer.Question.Paths.Count; i++)
            {
                found[asked[i]] = answer.Error is { } error ? new PathAnswer { Error = error } : answer.Paths[i];
            }
        }

        return found;
    }

    // The folder of a file that configures hooks or servers; null for anything else. That of the root would bring in everything else, so there the file comes alone, unless its commands use other files.
    private Wanted? FolderOf(Wanted wanted, PathAnswer answer, Dictionary<(RepositoryAddress Repository, string Commit, string Path), FetchedPath> fetched)
    {
        var source = wanted.Source;
        if (answer is not { Error: null, Exists: true } || (wanted.Type is { } type && type.SettingsKey is null)) return null;
        if (!fetched.TryGetValue((source.Repository, wanted.CommitOf(answer), source.Path), out var found) || found.Entry is not { Kind: TreeEntryKind.File or TreeEntryKind.Executable } file) return null;
        var content = new ArtifactContent(objects, file);
        var folder = TreePath.Parent(source.Path);
        // A list of the repository names the type of a file without any hooks or servers.
        var named = folder.Length == 0 && wanted.Type is { } listed && ArtifactDetector.HasSettings(content, file.Name, listed) ? listed : null;
        if ((ArtifactDetector.FindSettingsType(content, file.Name) ?? named) is not { } detected || (wanted.Type ?? detected) != detected) return null;
        var isOfUser = (source with { Path = "" }).Name.StartsWith('.');
        if (PluginSettings.FindPlugin(detected, source.Path) is { } plugin && (plugin.Length > 0 || !isOfUser) && PluginReferences.LeaveHooks(content.ReadText(file.Name), detected.SettingsKey!)) folder = plugin;
        return folder.Length > 0 || folder != TreePath.Parent(source.Path) || SettingsFile.NeedsPlugin(content.ReadText(file.Name))
            ? wanted with { Source = source with { Path = folder }, Type = detected }
            : wanted with { IsAlone = true, Type = detected };
    }

    private async Task<Dictionary<(RepositoryAddress Repository, string Commit, string Path), FetchedPath>> FetchAsync(
        IReadOnlyList<Wanted> wanted, IReadOnlyDictionary<Wanted, PathAnswer> answers, CancellationToken cancellationToken)
    {
        var questions = wanted.Where(one => answers[one] is { Error: null, Exists: true })
            .GroupBy(one => (one.Source.Repository, Commit: one.CommitOf(answers[one])))
            .Select(group => new ContentQuestion(group.Key.Repository, group.Key.Commit, [.. group.Select(one => one.Source.Path).Distinct(StringComparer.Ordinal)]))
            .ToList();
        var contents = questions.Count == 0 ? [] : await session.Contents.FetchAsync(questions, objects, cancellationToken).ConfigureAwait(false);
        return contents.SelectMany(content => content.Question.Paths.Select((path, i) => (
            Key: (content.Question.Repository, content.Question.Commit, path),
            Path: content.Error is { } error ? new FetchedPath(path, Entry: null, error) : content.Paths[i]))).ToDictionary(pair => pair.Key, pair => pair.Path);
    }

    /// <summary>Finds what paths that do not exist probably mean. Without a list of the files, there is no suggestion.</summary>
    private async Task<IReadOnlyDictionary<Wanted, string>> FindNearestAsync(IReadOnlyList<Wanted> wanted, Dictionary<Wanted, PathAnswer> answers, CancellationToken cancellationToken)
    {
        var missing = wanted.Where(one => one.Source.Repository.Kind != RepositoryKind.Folder && answers[one] is { Error: null, Commit: not null, Exists: false }).Take(MostSuggestions).ToList();
        var found = new Dictionary<Wanted, string>(ReferenceEqualityComparer.Instance);
        if (missing.Count == 0) return found;
        var questions = missing.Select(one => new TreeQuestion(one.Source.Repository, answers[one].Commit!)).Distinct().ToList();
        var trees = (await session.Provider.ListAsync(questions, cancellationToken).ConfigureAwait(false)).ToDictionary(tree => tree.Question);
        foreach (var one in missing)
        {
            var tree = trees[new TreeQuestion(one.Source.Repository, answers[one].Commit!)];
            if (tree.Error is null && NearestPath.Find(one.Source.Path, tree.Items) is { } near) found[one] = near;
        }

        return found;
    }

    private PreparedAddition Finish(
        Wanted wanted, PathAnswer answer, Dictionary<(RepositoryAddress Repository, string Commit, string Path), FetchedPath> fetched, IReadOnlyDictionary<Wanted, string> nearest)
    {
        var source = wanted.Source;
        if (answer.Error is { } error) throw error;
        if (answer.Commit is null) throw NotFound($"{source.Repository} {(wanted.Follows.IsLatest ? "is empty" : $"has no tag, branch or commit '{wanted.Follows}'")}.");
        if (!answer.Exists) throw NotFound(DescribeMissing(wanted, nearest.GetValueOrDefault(wanted)));
        var commit = wanted.CommitOf(answer);
        var found = fetched[(source.Repository, commit, source.Path)];
        if (found.Error is not null) throw found.Error;
        var entry = found.Entry ?? throw NotFound($"'{wanted.Shown}' holds no files.");
        if (wanted.IsAlone) entry = SettingsFile.AsFolder(objects, wanted.Type!, entry);
        var content = new ArtifactContent(objects, entry) { Shown = wanted.Shown };
        var type = wanted.Type ?? ArtifactDetector.Detect(content, source.Path.Length == 0 ? entry.Name : source.Path, wanted.Shown);
        if (type.Container is null) throw new SkillMeatException(ErrorIds.InvalidArgument, $"A {type} cannot be added to a collection. It belongs in a project.");
        var id = new ArtifactId(type, wanted.Name ?? NameOf(source, type));
        // One that the collection has already keeps its name.
        if (VisibleText.FindHidden(id.Name) is { } hidden)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{id.Name}' is not a valid artifact name: it contains the hidden character {hidden}. Give it another name.");
        }

        var valid = ArtifactValidator.Validate(content, type, id.Name);
        var files = ContentFiles.Of(objects, entry);
        if (files.IsFolder && PortableName.FindProblems(files.Folders.Keys.Concat(files.Files.Keys)).FirstOrDefault() is { Path: { } path } odd)
        {
            throw new SkillMeatException(ErrorIds.ArtifactInvalid, $"'{path}' of '{wanted.Shown}' {odd.Problem}. A home can be shared with other systems, so it was not added; rename the file upstream.");
        }

        var isFolder = source.Repository.Kind == RepositoryKind.Folder;
        var qualified = (wanted.IsNameSuggested ? SuggestedName(source, id) : wanted.Name is null ? QualifiedName(source, id) : null) is { } longer ? new ArtifactId(type, longer) : (ArtifactId?)null;
        return new PreparedAddition(source, id, entry, valid, files.ContentHash(), isFolder ? null : commit, answer.Tag)
        {
            FetchWarnings = [.. found.Warnings, .. SettingsFile.FindWarnings(objects, type, entry, source.Name)],
            Links = found.Links,
            QualifiedId = qualified,
            IsNamed = wanted.Name is not null && !wanted.IsNameSuggested,
            IsNameSuggested = wanted.IsNameSuggested,
            IsPresent = wanted.IsPresent,
        };
    }

    private static string DescribeMissing(Wanted wanted, string? nearest)
    {
        if (wanted.Source.Repository.Kind != RepositoryKind.Folder)
        {
            var place = $"'{wanted.Source.Path}' is not in {wanted.Source.Repository}{(wanted.Follows.IsLatest ? "" : $" at {wanted.Follows}")}.";
            return nearest is null ? place : $"{place} Did you mean '{nearest}'?";
        }

        return NearestPath.DescribeMissing(wanted.Shown, Path.Combine(wanted.Source.Repository.Folder!, wanted.Source.Path));
    }

    private static string NameOf(SourceSpec source, ArtifactType type)
    {
        var name = source.Name;
        // The hooks of a plugin are in its folder 'hooks', and are called as the plugin.
        if (name == PluginLayout.Folder && source.ParentName is { } owner) return owner;
        if (type == ArtifactType.Hook && name == type.Container && source.ParentName is { } plugin) return plugin;
        if (type.IsSettingsFile(name)) return type.ManifestFiles.Contains(name) && source.ParentName is { } root ? root.TrimStart('.') : type.NameAt(name);
        return !type.IsFolder && name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
    }

    /// <summary>The name of a command or agent with those of the folders between it and its container, or else of the folder around the container; null if there are none.</summary>
    private static string? QualifiedName(SourceSpec source, ArtifactId id)
    {
        var names = source.Path.Split('/');
        var container = Array.LastIndexOf(names, id.Type.Container);
        if (id.Type.IsFolder || container < 0) return null;
        var between = names[(container + 1)..^1];
        if (between.Length == 0 && container > 0) between = [names[container - 1]];
        return between.Length == 0 ? null : string.Join('-', [.. between, id.Name]);
    }

    /// <summary>A suggested name with that of the repository or folder in front.</summary>
    private static string SuggestedName(SourceSpec source, ArtifactId id) => PortableName.Make($"{(source with { Path = "" }).Name}-{id.Name}", id.Name);

    private static SkillMeatException NotFound(string message) => new(ErrorIds.UpstreamNotFound, message);

    private static (T? Result, SkillMeatException? Error) Try<T>(Func<T> work)
        where T : class
    {
        try
        {
            return (work(), null);
        }
        catch (SkillMeatException e) when (e is not StorageException { ErrorId: ErrorIds.StorageFailed or ErrorIds.ObjectMissing })
        {
            return (null, e);
        }
    }

    private sealed record Wanted(SourceSpec Source, RefSpec Follows, ArtifactType? Type, string? Name)
    {
        /// <summary>The source as the user named it, for messages.</summary>
        public required string Shown { get; init; }

        /// <summary>Whether the name is a suggestion, which can get longer.</summary>
        public bool IsNameSuggested { get; init; }

        /// <summary>Whether the collection had the artifact when it was selected.</summary>
        public bool IsPresent { get; init; }

        /// <summary>Whether it is a file that configures hooks or servers, without the rest of its folder.</summary>
        public bool IsAlone { get; init; }

        /// <summary>Whether the version may be the name of a skill instead.</summary>
        public bool MayBeName => Source is { Path.Length: 0, Version: not null, Repository.Kind: not RepositoryKind.Folder } && !Follows.IsFullCommit && Type is null or { Name: "skill" };

        public static IReadOnlyList<Wanted> ParseAll(ArtifactAddition addition, SourceContext context)
        {
            var sources = addition.Ref is null ? SourceSpec.ParseAll(addition.Spec, context) : [SourceSpec.Parse(addition.Spec, context, addition.Ref)];
            var type = addition.Type is null ? null : ArtifactType.Parse(addition.Type);
            return [.. sources.Select(AsArtifact).Select(source => source.Bounded(addition.LinkBoundary)).Select(source => new Wanted(source, RefSpec.Parse(source.Version), type, addition.Name)
            {
                Shown = AddressText.WithoutCredentials(addition.Spec),
                IsNameSuggested = addition.IsNameSuggested && addition.Name is not null,
                IsPresent = addition.IsPresent,
            })];
        }

        private static SourceSpec AsArtifact(SourceSpec source)
        {
            if (source is { Path.Length: 0, Repository: { Kind: RepositoryKind.Folder, Folder: { } folder } } && File.Exists(folder))
            {
                // A single file is addressed as a path in its folder.
                source = new SourceSpec(RepositoryAddress.InFolder(System.IO.Path.GetDirectoryName(folder)!), System.IO.Path.GetFileName(folder), Version: null);
            }

            // The name of the file that describes a skill stands for the skill.
            return TreePath.LastPart(source.Path).Equals("SKILL.md", StringComparison.OrdinalIgnoreCase) ? source with { Path = TreePath.Parent(source.Path) } : source;
        }

        public PathQuestion Ask() => new(Source.Path, Type ?? ArtifactType.Skill, Follows, BaseCommit: null, BaseContentHash: null, ManifestDetail.None) { NeedsContentHash = false };

        public string CommitOf(PathAnswer answer) => Source.Repository.Kind == RepositoryKind.Folder ? "" : answer.Commit!;

        // Two equal requests are still two artifacts to report.
        public bool Equals(Wanted? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
