using SkillMeat.Baselines;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Activation;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Projects.Syncing;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Desired;

/// <summary>Writes the file <c>skillmeat.toml</c> of a project from what is deployed in it.</summary>
/// <remarks>Thread-safe, and safe for several processes.</remarks>
public sealed class ProjectExporter
{
    private readonly CollectionStore _store;
    private readonly Func<string, string?> _environment;
    private readonly AgentFolders _user;

    /// <summary>Creates an exporter for a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="environment">Reads an environment variable, for the user's own folders and the GitHub server; null for the variables of this process.</param>
    public ProjectExporter(CollectionStore store, Func<string, string?>? environment = null)
    {
        _store = store;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        _user = AgentFolders.OfUser(_environment);
    }

    /// <summary>Whether entries, and profiles of entries, that are not deployed are removed. Otherwise they stay: they can be deployed on another machine.</summary>
    public bool Prune { get; init; }

    /// <summary>Writes the file. Comments, unknown keys and entries that stay the same keep their bytes.</summary>
    /// <param name="project">The path of the project's folder, or the name of a registered one.</param>
    /// <param name="dryRun">Whether to only report the changes.</param>
    /// <param name="lockTimeout">The maximum time to wait for another process.</param>
    /// <param name="cancellationToken">Cancels the wait, and a change before its point of no return.</param>
    /// <returns>The changes.</returns>
    /// <exception cref="SkillMeatException">The project cannot be found, or the file, the records or a collection cannot be read. Nothing was changed.</exception>
    /// <exception cref="LockTimeoutException">Another process changes the project. Nothing was changed.</exception>
    /// <exception cref="StorageException">The file cannot be read or written. Nothing was changed.</exception>
    public async Task<ProjectExport> ExportAsync(string project, bool dryRun, TimeSpan lockTimeout, CancellationToken cancellationToken = default)
    {
        var site = new SiteFinder(_store, _user).Find([project], includeUser: false)[0];
        if (dryRun) return Plan(site, cancellationToken).Result with { DryRun = true };
        // The lock of the collection keeps a cleanup from the stored contents.
        using var held = await _store.Storage.LockAsync([CollectionStore.LockNameOf(_store.ActiveCollection)], [site.Folder], lockTimeout, cancellationToken).ConfigureAwait(false);
        return ConcurrentChanges.Retry(
            () =>
            {
                var (result, before, after) = Plan(site, cancellationToken);
                if (!result.IsChanged) return result;
                var kept = new ProjectChanges(_store, _store.Objects, new OutsideFolders(_store.Home), cancellationToken);
                // The text that is taken out or written over may be nowhere else.
                if (before is not null && result.Removed.Count + result.Changed.Count > 0) result = result with { Warnings = TextValues.Of([.. result.Warnings, .. Keep(kept, site, before)]) };
                var transaction = _store.Storage.Begin(held);
                kept.AddTo(transaction);
                transaction.Write(result.Path, after, FileExpectation.Of(before));
                transaction.Commit(cancellationToken);
                return result;
            },
            cancellationToken);
    }

    // Returns the sentences that say so.
    private IEnumerable<string> Keep(ProjectChanges changes, ProjectSite site, byte[] before)
    {
        using var writer = _store.Objects.BeginWrite();
        var content = new TreeEntry(DesiredFile.Name, TreeEntryKind.File, writer.AddBlob(before), before.Length);
        writer.Commit();
        var dropped = changes.KeepReplaced(site, new KeptContent(DesiredFile.Id, DesiredFile.PathOf(site), ContentFiles.Of(_store.Objects, content).ContentHash(), content, _store.Time.GetUtcNow()));
        return new[] { Prune ? $"The earlier {DesiredFile.Name} is kept. 'skm project restore' and Restore-SkmProject list it, and write it back with its name and force." : null, dropped }.OfType<string>();
    }

    private (ProjectExport Result, byte[]? Before, byte[] After) Plan(ProjectSite site, CancellationToken cancellationToken)
    {
        var before = DesiredFile.ReadBytes(site);
        var file = DesiredFile.Parse(before, DesiredFile.PathOf(site));
        var (wanted, warnings) = Read(site, file, cancellationToken);
        var old = file.All.ToDictionary(one => one.Id);
        var kept = Prune ? [] : file.All.Where(one => wanted.All(other => other.Id != one.Id)).Select(one => one.Id).ToList();
        if (kept.Count > 0) warnings = [.. warnings, $"Not deployed here, and kept in {DesiredFile.Name}: {ShortList.Of([.. kept.Select(id => id.ToString())])}. Prune the file to remove them."];
        file.Set(wanted);
        file.Remove(old.Keys.Except(kept).Except(wanted.Select(one => one.Id)).ToHashSet());
        var after = file.ToBytes();
        return (
            new ProjectExport(site.Folder, DesiredFile.PathOf(site))
            {
                Artifacts = Texts(file.All.Select(one => one.Id)),
                Added = Texts(wanted.Where(one => !old.ContainsKey(one.Id)).Select(one => one.Id)),
                Changed = Texts(wanted.Where(one => old.TryGetValue(one.Id, out var known) && !DesiredFile.AreSame(known, one)).Select(one => one.Id)),
                Removed = Texts(old.Keys.Except(file.All.Select(one => one.Id))),
                IsChanged = before is null || !after.AsSpan().SequenceEqual(before),
                Warnings = TextValues.Of(warnings),
            },
            before,
            after);
    }

    private (IReadOnlyList<DesiredArtifact> Wanted, IReadOnlyList<string> Warnings) Read(ProjectSite site, DesiredFile file, CancellationToken cancellationToken)
    {
        var old = file.All.ToDictionary(one => one.Id);
        var settings = new SettingsPlan(_store, new OutsideFolders(_store.Home), new ProjectMemory(_store, cancellationToken), cancellationToken);
        var states = new Dictionary<string, CollectionState?>(StringComparer.Ordinal);
        var (wanted, warnings) = (new List<DesiredArtifact>(), new List<string>());
        var (records, bad) = new ProjectRecords(site, _store).ReadWithBad();
        if (bad.Count > 0) throw bad[0].Record.Error;
        foreach (var copies in records.Where(one => one.Record.Artifact.Type.Container is not null).GroupBy(one => one.Record.Artifact).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = copies.First();
            var profiles = copies.Select(one => ProfileTable.Find(one.Record.Profile)?.Id).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var known = old.GetValueOrDefault(copies.Key);
            if (profiles.Count == 0)
            {
                // The records are of a newer version, which knows more agents.
                if (known is not null) wanted.Add(known);
                continue;
            }

            var desired = Describe(copies.Key, StateOf(first.Record.Collection, site, states), known, [.. copies], site, warnings);
            if (known is not null && !Prune) profiles = [.. known.Profiles.Union(profiles, StringComparer.Ordinal)];
            wanted.Add(desired with
            {
                // Of what this home does not know, the file knows more.
                Source = desired.Source ?? known?.Source,
                Version = desired.Source is null ? known?.Version : desired.Version,
                Commit = desired.Source is null ? known?.Commit : desired.Commit,
                Profiles = known is not null && known.Profiles.Order(StringComparer.Ordinal).SequenceEqual(profiles, StringComparer.Ordinal) ? known.Profiles : profiles,
                Mode = (!Prune && known?.Mode == DeployMode.Link) || IsLink(site, first) ? DeployMode.Link : DeployMode.Copy,
                Activate = known?.Activate == true || copies.Any(one => settings.IsActive(new Target(copies.Key, site, one.Record.Profile, one.Root, one.Record.Path))),
            });
        }

        return (wanted, warnings);
    }

    private static DesiredArtifact Describe(
        ArtifactId id, CollectionState? state, DesiredArtifact? written, IReadOnlyList<(string Root, DeploymentRecord Record)> copies, ProjectSite site, List<string> warnings)
    {
        if (state?.Find(id) is not { } known)
        {
            warnings.Add($"{id} is in no collection of this home, so its source is not known.");
            return new DesiredArtifact(id);
        }

        var desired = state.Describe(known, out var warning);
        var isSpelled = written is not null && state.MeansSame(written, known);
        if (warning is not null && !isSpelled) warnings.Add(warning);
        var own = copies.Where(copy => !IsLink(site, copy)).ToList();
        if (own.Exists(copy => HashOf(site.FullPath(copy.Root, copy.Record.Path)) is { } hash && hash != copy.Record.ContentHash)) warnings.Add($"{id} was edited in the project, and another machine gets it without the edit.");
        if (own.Count > 0 && state.HashOf(known) is var stored && own.Exists(copy => copy.Record.ContentHash != stored))
        {
            warnings.Add($"The collection has another content of {id} than the one that was deployed, so its commit is not written. Deploy or synchronize it, and export again.");
            return written?.Source is null ? desired with { Commit = null } : desired with { Source = written.Source, Version = written.Version, Commit = written.Commit };
        }

        if (!isSpelled) return desired;
        // The spelling of a person stays. A folder in the project has no commit, even if the collection has the same content from a repository.
        var isOtherPlace = IsInProject(written!.Source) != IsInProject(desired.Source);
        return desired with { Source = written.Source, Version = written.Version, Commit = isOtherPlace ? written.Commit : desired.Commit };
    }

    private static bool IsInProject(string? source) => source?.StartsWith('.') == true;

    private static bool IsLink(ProjectSite site, (string Root, DeploymentRecord Record) copy) => new FileInfo(site.FullPath(copy.Root, copy.Record.Path)).LinkTarget is not null;

    private static string? HashOf(string path)
    {
        try
        {
            return Path.Exists(path) ? ContentHash.Of(path) : null;
        }
        catch (SkillMeatException)
        {
            return null;
        }
    }

    private CollectionState? StateOf(string name, ProjectSite site, Dictionary<string, CollectionState?> states)
    {
        if (states.TryGetValue(name, out var known)) return known;
        return states[name] = SyncPlan.Exists(_store, name) ? new CollectionState(_store.Read(name), site, _environment) : null;
    }

    private static TextValues Texts(IEnumerable<ArtifactId> ids) => TextValues.Of([.. ids.Select(id => id.ToString())]);
}
