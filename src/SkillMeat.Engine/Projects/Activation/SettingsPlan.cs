using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;
using SkillMeat.Projects.Profiles;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Journal;

namespace SkillMeat.Projects.Activation;

/// <summary>The changes of Claude Code's settings that deployments and removals need. Nothing is changed before <see cref="AddTo"/>. Not thread-safe.</summary>
internal sealed class SettingsPlan(CollectionStore store, OutsideFolders outside, ProjectMemory memory, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, (SettingsText Text, byte[]? Before)> _files = new(PathEquality.Comparer);
    private readonly Dictionary<string, (ActivatedList List, byte[]? Before)> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _earlier = new(StringComparer.Ordinal);

    /// <summary>Whether an artifact takes effect only through the settings, for the agent of a target.</summary>
    public static bool AreNeededFor(Target target) => target.Profile == Profile.ClaudeCode && SettingsFiles.AreNeededFor(target.Artifact.Type);

    /// <summary>Returns the folders outside of the home that have to be locked for the settings of targets.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="isActivation">Whether the artifacts are activated.</param>
    public IEnumerable<string> FindFolders(IEnumerable<Target> targets, bool isActivation)
    {
        foreach (var target in targets.Where(AreNeededFor))
        {
            var files = PartsOf(target).Select(part => part.File);
            foreach (var file in (isActivation ? files.Append(SettingsFiles.PathOf(target.Site, target.Artifact.Type)) : files).Distinct(PathEquality.Comparer))
            {
                yield return outside.Find(target.Site, file).Folder;
            }
        }
    }

    /// <summary>Whether an artifact is activated.</summary>
    public bool IsActive(Target target) => AreNeededFor(target) && PartsOf(target).Count > 0;

    /// <summary>Plans the activation of an artifact. Parts of an earlier activation that it does not need any more are taken out.</summary>
    /// <param name="target">The artifact and its place.</param>
    /// <param name="fragments">The parts that it needs.</param>
    /// <returns>Whether something changes.</returns>
    /// <exception cref="SkillMeatException">
    /// <see cref="ErrorIds.InvalidArgument"/>: an entry that somebody made or edited is in the way. <see cref="DataFileException"/>: the settings are invalid. Nothing was planned for the artifact.
    /// </exception>
    public bool Activate(Target target, IReadOnlyList<Fragment> fragments)
    {
        var (list, path) = (ListOf(target.Site), FileOf(target.Site, SettingsFiles.PathOf(target.Site, target.Artifact.Type)));
        var text = _files[path].Text.Copy();
        var earlier = list.Parts.Where(part => part.Artifact == target.Artifact && PathEquality.Comparer.Equals(part.File, path)).ToList();
        var wanted = fragments.Select(fragment => text.PartOf(target.Artifact, fragment)).ToList();
        var isChanged = false;
        foreach (var part in earlier.Where(part => !wanted.Exists(part.IsSameAs) && !IsShared(list, part))) isChanged |= text.Remove(part);
        var parts = new List<Activated>();
        foreach (var (fragment, part) in fragments.Zip(wanted))
        {
            if (text.Add(target.Artifact, fragment) is { } added)
            {
                parts.Add(added);
                isChanged = true;
            }
            else if (list.Parts.Any(part.IsSameAs) && !parts.Exists(part.IsSameAs))
            {
                parts.Add(part);
            }
        }

        var others = list.Parts.Where(part => !earlier.Contains(part)).Concat(parts).ToList();
        Set(target.Site, path, text, others);
        return isChanged;
    }

    /// <summary>Plans to take the parts of an artifact out of the settings.</summary>
    /// <param name="target">The artifact and its place.</param>
    /// <param name="isForced">Whether entries that somebody edited are left behind, instead of nothing being taken out.</param>
    /// <returns>The files with entries that were edited or are gone, and whether one was edited so that nothing was planned.</returns>
    /// <exception cref="DataFileException">The settings are invalid.</exception>
    public (IReadOnlyList<string> Left, bool IsConflict) Deactivate(Target target, bool isForced)
    {
        var parts = PartsOf(target);
        var left = new List<string>();
        if (!isForced)
        {
            left.AddRange(parts.Where(part => _files[FileOf(target.Site, part.File)].Text.HasAnother(part)).Select(part => part.File));
            if (left.Count > 0) return (left, true);
        }

        foreach (var part in parts)
        {
            var (list, path) = (ListOf(target.Site), FileOf(target.Site, part.File));
            var text = _files[path].Text;
            if (!IsShared(list, part) && !text.Remove(part)) left.Add(part.File);
            Set(target.Site, path, text, [.. list.Parts.Where(one => one != part)]);
        }

        return ([.. left.Distinct(PathEquality.Comparer)], false);
    }

    /// <summary>Whether the parts of an artifact are in the settings as they were added. Returns the files in which they are not.</summary>
    /// <exception cref="StorageException">A file cannot be read.</exception>
    public IReadOnlyList<string> FindChanged(Target target)
    {
        return !AreNeededFor(target) ? [] : [.. PartsOf(target).Where(part => !Has(part)).Select(part => part.File).Distinct(PathEquality.Comparer)];

        bool Has(Activated part)
        {
            try
            {
                return _files[FileOf(target.Site, part.File)].Text.Has(part);
            }
            catch (SkillMeatException e) when (e is DataFileException || e.ErrorId == ErrorIds.InvalidArgument)
            {
                // Settings that are no JSON, or lie elsewhere by now, have no part.
                return false;
            }
        }
    }

    /// <summary>Returns the file of settings if it has parts of an artifact that no list of this home names, because another home activated it, or the project was moved since. Else null.</summary>
    /// <param name="target">The artifact and its place.</param>
    /// <param name="fragments">The parts that it needs.</param>
    public string? FindUnlisted(Target target, IReadOnlyList<Fragment> fragments)
    {
        if (PartsOf(target).Count > 0) return null;
        try
        {
            var path = FileOf(target.Site, SettingsFiles.PathOf(target.Site, target.Artifact.Type));
            var text = _files[path].Text;
            var parts = fragments.Select(fragment => text.PartOf(target.Artifact, fragment));
            return parts.Any(part => text.Has(part) && !ListOf(target.Site).Parts.Any(part.IsSameAs)) ? path : null;
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException || e.ErrorId == ErrorIds.InvalidArgument)
        {
            // A removal that changes no settings does not need to read them.
            return null;
        }
    }

    /// <summary>Plans to list the parts of a project under its path now, if it was moved. A list that cannot be read stays.</summary>
    public void TakeOver(ProjectSite site)
    {
        try
        {
            ListOf(site);
        }
        catch (SkillMeatException e) when (e is DataFileException or StorageException)
        {
            // A change that needs no settings is made without it.
            return;
        }
    }

    /// <summary>Returns the files of settings that are to be deleted, because there was none before.</summary>
    public IEnumerable<(string Path, byte[] Before)> FindDeleted() => _files.Where(one => one.Value.Before is not null && one.Value.Text.ToBytes() is null).Select(one => (one.Key, one.Value.Before!));

    /// <summary>Adds the changes to a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="isDeleted">Whether a file is deleted with the folder around it.</param>
    public void AddTo(Transaction transaction, Predicate<string> isDeleted)
    {
        foreach (var (path, (text, before)) in _files.Where(one => !isDeleted(one.Key)))
        {
            var after = text.ToBytes();
            if (after is null ? before is null : before is not null && after.AsSpan().SequenceEqual(before)) continue;
            if (after is null) transaction.Delete(path, FileExpectation.Of(before));
            else transaction.Write(path, after, FileExpectation.Of(before));
        }

        // A project that was moved has its list at its new path from now on.
        foreach (var (path, before) in _earlier) transaction.Delete(path, FileExpectation.Of(before));
        foreach (var (path, (list, before)) in _lists)
        {
            var after = list.ToBytes();
            if (after is null ? before is null : before is not null && after.AsSpan().SequenceEqual(before)) continue;
            transaction.CreateFolder(Path.GetDirectoryName(path)!);
            if (after is null) transaction.Delete(path, FileExpectation.Of(before));
            else transaction.Write(path, after, FileExpectation.Of(before));
        }
    }

    private IReadOnlyList<Activated> PartsOf(Target target) => [.. ListOf(target.Site).Parts.Where(part => part.Artifact == target.Artifact)];

    private static bool IsShared(ActivatedList list, Activated part) => list.Parts.Any(other => other.Artifact != part.Artifact && other.IsSameAs(part));

    private void Set(ProjectSite site, string path, SettingsText text, IReadOnlyList<Activated> parts)
    {
        _files[path] = (text, _files[path].Before);
        var key = ActivatedList.PathOf(store.Home, site);
        var (list, before) = _lists[key];
        // Nothing is left to be taken out of a file without parts.
        var opened = list.Opened.Where(one => !PathEquality.Comparer.Equals(one.File, path)).Concat(text.Opened).Where(one => parts.Any(part => PathEquality.Comparer.Equals(part.File, one.File)));
        _lists[key] = (new ActivatedList(list.Project, parts, [.. opened]), before);
    }

    private ActivatedList ListOf(ProjectSite site)
    {
        var path = ActivatedList.PathOf(store.Home, site);
        if (_lists.TryGetValue(path, out var known)) return known.List;
        OwnFolders.Check(Path.GetDirectoryName(path)!);
        OwnFolders.Check(path);
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        var list = bytes is null && FindEarlier(site) is { } earlier ? earlier : ActivatedList.Parse(bytes, path, site.Folder);
        // Settings can have become a link since.
        list = new ActivatedList(list.Project, [.. list.Parts.Select(part => part with { File = LinkTarget.Resolve(part.File) })], [.. list.Opened.Select(one => one with { File = LinkTarget.Resolve(one.File) })]);
        return (_lists[path] = (list, bytes)).List;
    }

    // The list of the path from which the project was moved.
    private ActivatedList? FindEarlier(ProjectSite site)
    {
        if (site.User is not null) return null;
        var gone = memory.GoneActivations;
        if (gone.Count == 0 || memory.FindEarlier(site).FirstOrDefault(gone.ContainsKey) is not { } folder) return null;
        var (list, path, bytes) = gone[folder];
        _earlier[path] = bytes;
        return list.MovedTo(site.Folder);
    }

    // Reads a file once, and returns its path without links.
    private string FileOf(ProjectSite site, string file)
    {
        var (_, path) = outside.Find(site, file);
        if (_files.ContainsKey(path)) return path;
        var bytes = store.Storage.ReadConsistent([path], cancellationToken)[0];
        _files[path] = (SettingsText.Of(bytes, path, ListOf(site).Opened.Where(one => PathEquality.Comparer.Equals(one.File, path))), bytes);
        return path;
    }
}
