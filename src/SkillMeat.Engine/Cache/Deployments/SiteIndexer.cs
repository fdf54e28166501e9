using SkillMeat.Cache.Database;
using SkillMeat.Cache.Entries;
using SkillMeat.Cache.Indexing;
using SkillMeat.Cache.Places;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Scanning;
using SkillMeat.Projects;
using SkillMeat.Projects.Profiles;
using SkillMeat.Projects.Registry;
using SkillMeat.Storage;

namespace SkillMeat.Cache.Deployments;

/// <summary>
/// Brings the rows of projects and their deployments up to date. A project is looked at again, by its drift, if the stamp of something differs on which the answer depends: its records, copies and settings, and
/// the deployed artifacts in the collections. Not thread-safe.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="store">The home.</param>
/// <param name="user">The folders of the user.</param>
/// <param name="usage">Counts how often a collection or project was up to date.</param>
/// <param name="cancellationToken">Cancels the work.</param>
internal sealed class SiteIndexer(CacheConnection connection, CollectionStore store, AgentFolders user, CacheUsage usage, CancellationToken cancellationToken)
{
    /// <summary>Brings everything up to date, the collections among it.</summary>
    /// <returns>The projects, registered ones first.</returns>
    /// <exception cref="SkillMeatException">The list of projects or the folder of the collections cannot be read.</exception>
    public IReadOnlyList<SiteState> Update() => Update(() => true).Sites;

    /// <summary>Brings everything up to date, and answers a question from the rows. It is asked while files are looked at, and once more if rows of projects changed.</summary>
    /// <param name="question">Asks the database.</param>
    /// <inheritdoc cref="Update()"/>
    public (IReadOnlyList<SiteState> Sites, T Answer) Update<T>(Func<T> question)
    {
        // The drift of a project says which collection cannot be read.
        var areCollectionsKnown = new CollectionIndexer(connection, store, usage).Update().Count == 0;
        var pins = CollectionPins.Read(connection, store);
        var rows = connection.Query(SiteRow.SelectAll, SiteRow.Read);
        var sites = new KnownSites(store, user).Find(rows.Where(one => !one.Row.IsUser).Select(one => one.Row.Folder));
        var originals = new Originals(connection, store);
        originals.Read();
        var (read, byKey) = (sites.Select(site => new ReadSite(site)).ToArray(), rows.ToRowDictionary(one => one.Row.Key));
        // The files need no connection.
        var look = Task.Run(() => Look(read, byKey, areCollectionsKnown, originals), CancellationToken.None);
        T answer;
        try
        {
            answer = question();
        }
        finally
        {
            look.GetAwaiter().GetResult();
        }

        KeepOnlyUnchanged(read, originals, pins);
        foreach (var one in read.Where(one => one.Site is { IsMissing: false, Problem: null })) usage.Count(one.IsFresh);
        var again = read.Where(one => one is { IsFresh: false, Site: { IsMissing: false, Problem: null } }).ToList();
        var looked = again.Count == 0 ? [] : new SiteLook(store, user, originals, pins)
            .Look([.. again.Select(one => one.Site)], read.Where(one => one.Row is { Stamps.Length: > 0 }).SelectMany(one => one.Copies), cancellationToken);
        foreach (var (one, row) in again.Zip(looked)) one.Replace(row);
        Pin(read, pins);
        var isWritten = Write(read, originals, rows.Select(one => one.Row.Key).Except(sites.Select(site => site.Key)).ToList());
        return ([.. read.Select(one => one.ToState())], isWritten ? question() : answer);
    }

    // Finds the projects whose own files are as they were, and the stamps of their artifacts in the collections.
    private void Look(ReadSite[] read, Dictionary<(string Folder, bool IsUser), (SiteRow Row, long Sum)> rows, bool areCollectionsKnown, Originals originals)
    {
        // All projects have the same.
        var rules = SitePlaces.RulesOf(new ProjectSite(store.Home));
        ParallelItems.ForEach(
            read.Length,
            index =>
            {
                var one = read[index];
                var site = one.Site;
                if (!rows.TryGetValue(site.Key, out var found)) return;
                RowSum.Check(found.Sum, found.Row.Values);
                one.Row = found.Row;
                one.Copies = SiteCopies.Read(found.Row.Copies);
                one.IsFresh = areCollectionsKnown && site is { IsMissing: false, Problem: null } && found.Row.Rules == (site.Site.User is null ? rules : SitePlaces.RulesOf(site.Site)) && IsUnchanged(site, found.Row);
            },
            cancellationToken);
        originals.Find(read.Where(one => one.IsFresh).SelectMany(one => one.Copies).Where(copy => copy.OriginalPath is not null).Select(copy => (copy.Collection!, copy.OriginalPath!)).ToHashSet(), cancellationToken);
    }

    private static bool IsUnchanged(KnownSite site, SiteRow row)
    {
        if (row.Stamps.Length == 0) return false;
        try
        {
            using var stamps = new StampReader(site.Site.Folder);
            return PlaceHash.Of(stamps, site.Site.Folder, row.Places).AsSpan().SequenceEqual(row.Stamps);
        }
        catch (StorageException)
        {
            // The drift says so.
            return false;
        }
    }

    private static void KeepOnlyUnchanged(ReadSite[] sites, Originals originals, CollectionPins pins)
    {
        foreach (var site in sites.Where(one => one.IsFresh))
        {
            var fit = pins.Fit(site.Row!.Collections, site.Copies);
            site.IsToBePinned = fit == PinFit.SameArtifacts;
            site.IsFresh = fit != PinFit.Different
                && site.Copies.All(copy => copy.OriginalPath is null || (copy.OriginalStamp != Originals.Unsteady && originals.StampOf(copy.Collection!, copy.OriginalPath) == copy.OriginalStamp));
        }
    }

    // The next question need not compare the artifacts again.
    private void Pin(ReadSite[] sites, CollectionPins pins)
    {
        var moved = sites.Where(one => one is { IsFresh: true, IsToBePinned: true }).Select(one => (Row: one.Row!, Collections: pins.Write(one.Copies))).Where(one => one.Collections is not null).ToList();
        if (moved.Count == 0) return;
        connection.Write(() =>
        {
            foreach (var (row, collections) in moved)
            {
                var values = (row with { Collections = collections! }).Values;
                connection.Execute(SiteRow.UpdateCollections, row.Folder, row.IsUser ? 1L : 0L, collections, RowSum.Of(values), RowSum.Of(row.Values));
            }
        });
    }

    private bool Write(ReadSite[] sites, Originals originals, List<(string Folder, bool IsUser)> gone)
    {
        var changed = sites.Where(one => one.IsChanged).ToList();
        if (changed.Count == 0 && gone.Count == 0) return false;
        var used = sites.SelectMany(one => one.Copies).Where(copy => copy.OriginalPath is not null).Select(copy => (copy.Collection!, copy.OriginalPath!)).ToHashSet();
        connection.Write(() =>
        {
            foreach (var (folder, isUser) in gone) connection.Execute("DELETE FROM site WHERE folder = ?1 AND is_user = ?2", folder, isUser ? 1L : 0L);
            foreach (var one in changed) Write(one);
            originals.Write(used);
        });
        return true;
    }

    private void Write(ReadSite one)
    {
        var row = one.Row!;
        connection.Execute(SiteRow.Upsert, [.. row.Values, RowSum.Of(row.Values)]);
        var id = connection.Number("SELECT id FROM site WHERE folder = ?1 AND is_user = ?2", row.Folder, row.IsUser ? 1L : 0L);
        var known = connection.Query(
            "SELECT collection, type, name, profile, state, is_behind FROM deployment WHERE site_id = ?1",
            read => (Collection: read.GetString(0), Type: read.GetString(1), Name: read.GetString(2), Profile: read.GetString(3), State: read.GetString(4), IsBehind: read.GetInt64(5)),
            id).ToHashSet();
        // A record can be in two profile roots.
        foreach (var copy in one.Copies.Where(copy => copy.Collection is not null).DistinctBy(copy => (copy.Collection, copy.Artifact, copy.Profile)))
        {
            var values = (copy.Collection!, copy.Artifact.Type.Name, copy.Artifact.Name, copy.Profile, copy.State.ToString(), copy.IsBehind ? 1L : 0L);
            if (known.Remove(values)) continue;
            connection.Execute(
                "INSERT OR REPLACE INTO deployment(collection, type, name, site_id, profile, state, is_behind) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values.Item1, values.Item2, values.Item3, id, values.Item4, values.Item5, values.Item6);
            known.RemoveWhere(row => (row.Collection, row.Type, row.Name, row.Profile) == (values.Item1, values.Item2, values.Item3, values.Item4));
        }

        foreach (var (collection, type, name, profile, _, _) in known)
        {
            connection.Execute("DELETE FROM deployment WHERE collection = ?1 AND type = ?2 AND name = ?3 AND site_id = ?4 AND profile = ?5", collection, type, name, id, profile);
        }
    }

    private sealed class ReadSite(KnownSite site)
    {
        public KnownSite Site => site;

        public SiteRow? Row { get; set; }

        public IReadOnlyList<SiteCopy> Copies { get; set; } = [];

        public bool IsFresh { get; set; }

        public bool IsToBePinned { get; set; }

        public bool IsChanged { get; private set; }

        public void Replace(SiteRow row)
        {
            IsChanged = Row is null || RowSum.Of(Row.Values) != RowSum.Of(row.Values);
            (Row, Copies) = (row, SiteCopies.Read(row.Copies));
        }

        // Without a row, nothing is known of a missing project.
        public SiteState ToState() => new(site, Copies, site.Problem ?? (!site.IsMissing ? Row?.Error : Row is null ? ProjectRegistry.Missing(site.Site.Folder) : null));
    }
}
