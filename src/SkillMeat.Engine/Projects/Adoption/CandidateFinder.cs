using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Objects.Trees;
using SkillMeat.Projects.Adoption.Origins;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Records;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;

namespace SkillMeat.Projects.Adoption;

/// <summary>Finds what can be adopted in a project: a copy that agents share through links once, at its real place. For one plan. Not thread-safe.</summary>
internal sealed class CandidateFinder
{
    private readonly CollectionStore _store;
    private readonly ProjectSite _site;
    private readonly AgentFolders _user;
    private readonly DriftFilter _filter;
    private readonly RealPaths _real = new();
    private readonly LinkRefusal _links;
    private readonly UnrecordedFinder _finder;
    private Action<string> _warn = _ => { };
    private readonly ILookup<(ArtifactType Type, string Folder), (Profile Profile, ProfilePlace Place)> _places;

    public CandidateFinder(CollectionStore store, ProjectSite site, AgentFolders user, DriftFilter filter)
    {
        (_store, _site, _user, _filter, _links) = (store, site, user, filter, new LinkRefusal(store, site));
        _finder = new UnrecordedFinder(site, new OutsideFolders(store.Home), _real, List);
        _places = _finder.Places().Select(one => (one.Type, Folder: site.FullPath(one.Place.Root, one.Place.Container), one.Profile, one.Place)).Where(one => Directory.Exists(one.Folder))
            .ToLookup(one => (one.Type, LinkTarget.RealFolder(one.Folder)), one => (one.Profile, one.Place));
    }

    /// <summary>Finds the copies without a record, and those whose artifact the home does not have.</summary>
    /// <param name="warn">Called with a warning for each folder that is passed over.</param>
    /// <exception cref="SkillMeatException">The records or a folder cannot be read.</exception>
    public IReadOnlyList<AdoptionCandidate> Find(Action<string> warn)
    {
        _warn = warn;
        var (records, bad) = new ProjectRecords(_site, _store).ReadWithBad();
        foreach (var (_, record) in bad) warn(record.Error.Message);
        // A copy whose record cannot be read has one all the same.
        var paths = records.Select(one => (one.Root, one.Record.Path)).Concat(bad.Where(one => one.Record.Path is not null).Select(one => (one.Root, Path: one.Record.Path!)));
        var recorded = paths.Select(one => _real.Of(_site.FullPath(one.Root, one.Path))).ToHashSet(PathEquality.Comparer);
        var found = _finder.Find(_ => true, recorded, folder => warn($"'{folder}' was passed over: a link leads out of the project, or into the SkillMeat home.")).ToList();
        var copies = found.Where(one => !one.IsLink).Select(one => (Real: _real.Of(one.Path), Found: one)).ToList();
        var links = found.Where(one => one.IsLink).Select(one => (Real: _real.OfTarget(one.Path), Found: one)).ToList();
        var real = copies.Select(one => one.Real).ToHashSet(PathEquality.Comparer);
        var linksTo = links.ToLookup(link => link.Real, link => link.Found, PathEquality.Comparer);
        var ofCopies = copies.Where(one => IsWanted(one.Found, linksTo[one.Real])).Select(one => ToCandidate(one.Found, one.Real));
        var ofLinks = links.Where(one => !real.Contains(one.Real) && IsWanted(one.Found, [])).Select(one => Refuse(one.Found, one.Real));
        var orphans = new OrphanedCopies(_store, _site, _filter, _real, _links).Find(records, warn);
        return [.. orphans.Concat(ofCopies).Concat(ofLinks)];
    }

    /// <summary>Finds the artifacts of plugins. A plugin whose folder cannot be read is a warning, and passed over.</summary>
    /// <param name="origins">Knows the plugins.</param>
    public IReadOnlyList<AdoptionCandidate> FindOfPlugins(OriginFinder origins)
    {
        var found = new List<AdoptionCandidate>();
        if (!_filter.IncludesProfile(AdoptionCandidate.PluginProfile)) return found;
        foreach (var plugin in origins.FindPlugins(_site))
        {
            try
            {
                found.AddRange(PluginArtifacts.Find(plugin).Select(one => (Id: new ArtifactId(one.Type, one.Name), one.Path)).Where(one => _filter.Includes(one.Id)).Select(one => OfPlugin(plugin, one.Id, one.Path, origins)).ToList());
            }
            catch (StorageException e)
            {
                origins.Warn($"The plugin '{VisibleText.Line(plugin.Name)}' was passed over: {e.Message}.");
            }
        }

        return found;
    }

    // A link in a plugin could lead to anything on the machine, and a collection can be published.
    private AdoptionCandidate OfPlugin(InstalledPlugin plugin, ArtifactId id, string path, OriginFinder origins)
    {
        var full = Path.Combine([plugin.Folder, .. path.Split('/', StringSplitOptions.RemoveEmptyEntries)]);
        var (folder, real) = (LinkTarget.RealFolder(plugin.Folder), _real.OfTarget(full));
        var candidate = new AdoptionCandidate(_site, id, full, AdoptionCandidate.PluginProfile) { Origin = origins.FindOfPlugin(plugin, path) };
        var refusal = IsProtected(real) ? "It lies in the SkillMeat home."
            : path.Length > 0 && !PathEquality.IsIn(folder, real) ? $"A link leads out of the plugin, to '{VisibleText.Line(real)}'."
            : path.Length > 0 && new FileInfo(full).LinkTarget is not null ? "It is a link in the plugin."
            : null;
        return refusal is null ? candidate : candidate with { Refusal = refusal, IsLink = true };
    }

    // A copy is wanted if an agent that is named reads it, or a link to it.
    private bool IsWanted(UnrecordedArtifact copy, IEnumerable<UnrecordedArtifact> links) =>
        _filter.Includes(IdOf(copy)) && links.Prepend(copy).Any(one => PlacesOf(one).Any(place => _filter.IncludesProfile(place.Profile.Id)));

    private AdoptionCandidate ToCandidate(UnrecordedArtifact found, string real)
    {
        var (profile, place) = Choose(found);
        var file = Path.GetFileName(found.Path);
        var candidate = new AdoptionCandidate(_site, IdOf(found), _site.FullPath(place.Root, $"{place.Container}/{file}"), profile.Id)
        {
            Target = new Target(IdOf(found), _site, profile.Id, place.Root, $"{place.Container}/{file}"),
        };
        if (ArtifactId.DescribeBadName(found.Name) is { } problem) return candidate with { Refusal = $"'{VisibleText.Line(found.Name)}' is not a valid artifact name: it {problem}. Rename it." };
        if (!found.Type.IsFolder && file != $"{found.Name}.md") return candidate with { Refusal = $"A deployment record cannot name '{VisibleText.Line(file)}'. Rename it to '{VisibleText.Line(found.Name)}.md'." };
        return IsProtected(real) ? candidate with { Refusal = "It lies in the SkillMeat home." } : candidate;
    }

    // A link to a copy that no agent's folder has.
    private AdoptionCandidate Refuse(UnrecordedArtifact link, string real)
    {
        var (profile, _) = Choose(link);
        return new AdoptionCandidate(_site, IdOf(link), link.Path, profile.Id) { Refusal = _links.Of(real), IsLink = true };
    }

    // Among the agents that share a folder, one that is named counts, then the one after which the folder is named, then one that the machine has.
    private (Profile Profile, ProfilePlace Place) Choose(UnrecordedArtifact found)
    {
        var all = PlacesOf(found).ToList();
        var named = _filter.Profiles.Count == 0 ? [] : all.FindAll(one => _filter.IncludesProfile(one.Profile.Id));
        if (named.Count > 0) return named[0];
        // Claude Code is the default everywhere.
        if (all.FindIndex(one => one.Profile.Id == Profile.ClaudeCode) is >= 0 and var claude) return all[claude];
        if (all.FindIndex(one => one.Profile.IsNamed(TreePath.LastPart(one.Place.Root).TrimStart('.'))) is >= 0 and var after) return all[after];
        var detection = new ProfileDetection(_user);
        return all.FindIndex(one => detection.IsOnMachine(one.Profile)) is >= 0 and var there ? all[there] : all[0];
    }

    private IEnumerable<(Profile Profile, ProfilePlace Place)> PlacesOf(UnrecordedArtifact found) => _places[(found.Type, Path.GetDirectoryName(_real.Of(found.Path))!)];

    private bool IsProtected(string real) => _links.IsProtected(real);

    private static ArtifactId IdOf(UnrecordedArtifact found) => new(found.Type, found.Name);

    // Reads no file, so that what cannot be read concerns its own artifact or folder only.
    private List<RememberedEntry> List(string folder)
    {
        try
        {
            using var stamps = new StampReader(folder);
            // By default, a folder that must not be read would be empty.
            return Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).Select(path => Path.GetFileName(path))
                .Select(name => new RememberedEntry(name, stamps.TryRead(name, out var stamp) ? stamp : default, default)).ToList();
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            _warn($"'{folder}' was passed over: {StorageErrors.Translate(e, "read", folder).Message}.");
            return [];
        }
    }
}
