using System.Text;
using Microsoft.Data.Sqlite;
using SkillMeat.Cache.Database;

namespace SkillMeat.Cache.Marketplaces;

/// <summary>The rows of marketplaces. All values that are read are checked.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class MarketplaceRows(CacheConnection connection)
{
    private const char LineEnd = '\n';
    private const string HeadColumns = "name, place, fetched, failed, problem, description, version, commit_sha, etag, plugins, artifacts, problems";
    private const string EntryColumns = "name, type, plugin, description, version, category, tags, repository, path, ref, commit_sha, object_id, problem, checked";
    private const int EntryCount = 14;

    /// <summary>Reads what is known of all marketplaces.</summary>
    public IReadOnlyList<MarketplaceHead> ReadHeads() => connection.Query($"SELECT {HeadColumns}, id, sum FROM marketplace", ReadHead);

    /// <summary>Reads the list of a marketplace as it was fetched, or returns null if there is none.</summary>
    public FetchedMarketplace? Read(string name)
    {
        if (FindHead(name) is not { Fetched: { } fetched } head) return null;
        var (file, _) = ReadText(head);
        var entries = ReadEntries(head);
        var plugins = new List<FetchedPlugin>();
        var next = 0;
        foreach (var (plugin, count) in connection.Query("SELECT name, place, commit_sha, problem, entries, position, sum FROM marketplace_plugin WHERE marketplace_id = ?1 ORDER BY position", row => ReadPlugin(row, head), head.Id))
        {
            if (next + count > entries.Count) throw new DamagedRowException();
            plugins.Add(plugin with { Artifacts = entries.GetRange(next, count) });
            next += count;
        }

        if (next != entries.Count) throw new DamagedRowException();
        return new FetchedMarketplace(head.Place, fetched, plugins) { Description = head.Description, Version = head.Version, Commit = head.Commit, ETag = head.ETag, File = file };
    }

    /// <summary>Finds the entries of a marketplace that contain all words.</summary>
    public IReadOnlyList<ListedArtifact> Find(MarketplaceHead head, IReadOnlyList<string> words)
    {
        if (words.Count == 0) return ReadEntries(head);
        var found = SearchText.Find(ReadText(head).Search, words);
        var query = $"SELECT {EntryColumns}, position, sum FROM marketplace_entry WHERE marketplace_id = ?1 AND position = ?2";
        return [.. found.Select(position => connection.First(query, row => ReadEntry(row, head), head.Id, position) ?? throw new DamagedRowException())];
    }

    /// <summary>Replaces the list of a marketplace.</summary>
    public void Write(string name, string place, FetchedMarketplace fetched) => connection.Write(() =>
    {
        connection.Execute("DELETE FROM marketplace WHERE name = ?1", name);
        WriteHead(new MarketplaceHead(0, name, place, fetched.Fetched, Failed: null, Problem: null, fetched.Description, fetched.Version, fetched.Commit, fetched.ETag, fetched.PluginCount, fetched.ArtifactCount, fetched.Problems));
        var id = connection.LastId;
        var search = new StringBuilder();
        var position = 0;
        for (var i = 0; i < fetched.Plugins.Count; i++)
        {
            var plugin = fetched.Plugins[i];
            object?[] values = [plugin.Name, plugin.Key, plugin.Commit, plugin.Problem, plugin.Artifacts.Count];
            connection.Execute("INSERT INTO marketplace_plugin(name, place, commit_sha, problem, entries, position, marketplace_id, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", [.. values, i, id, RowSum.Of([.. values, i, name])]);
            foreach (var one in plugin.Artifacts)
            {
                search.Append(SearchText.Of(one)).Append(LineEnd);
                object?[] entry = [one.Name, one.Type, one.Plugin, one.Description, one.Version, one.Category, string.Join(LineEnd, one.Tags), one.Repository, one.Path, one.Ref, one.Commit, one.ObjectId, one.Problem, one.Checked.UtcTicks];
                connection.Execute(
                    $"INSERT INTO marketplace_entry({EntryColumns}, position, marketplace_id, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
                    [.. entry, position, id, RowSum.Of([.. entry, position, name])]);
                position++;
            }
        }

        var text = search.ToString();
        connection.Execute("INSERT INTO marketplace_text(marketplace_id, file, search, sum) VALUES(?1, ?2, ?3, ?4)", id, fetched.File, text, RowSum.Of(fetched.File, text, name));
    });

    /// <summary>Notes that a marketplace could not be fetched. Its list stays.</summary>
    public void WriteFailure(string name, string place, DateTimeOffset time, string problem) => connection.Write(() =>
    {
        var head = FindHead(name);
        if (head is not null && head.Place != place)
        {
            connection.Execute("DELETE FROM marketplace WHERE id = ?1", head.Id);
            head = null;
        }

        if (head is null) WriteHead(new MarketplaceHead(0, name, place, Fetched: null, time, problem, Description: null, Version: null, "", ETag: null, 0, 0, []));
        else connection.Execute("UPDATE marketplace SET failed = ?2, problem = ?3, sum = ?4 WHERE id = ?1", head.Id, time.UtcTicks, problem, RowSum.Of(ValuesOf(head with { Failed = time, Problem = problem })));
    });

    /// <summary>Removes the lists of marketplaces that are no longer registered.</summary>
    public void Keep(IReadOnlyCollection<string> names)
    {
        var gone = ReadHeads().Where(head => !names.Contains(head.Name)).ToList();
        if (gone.Count == 0) return;
        connection.Write(() =>
        {
            foreach (var head in gone) connection.Execute("DELETE FROM marketplace WHERE id = ?1", head.Id);
        });
    }

    private MarketplaceHead? FindHead(string name) => connection.First($"SELECT {HeadColumns}, id, sum FROM marketplace WHERE name = ?1", ReadHead, name);

    private void WriteHead(MarketplaceHead head)
    {
        var values = ValuesOf(head);
        connection.Execute($"INSERT INTO marketplace({HeadColumns}, sum) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)", [.. values, RowSum.Of(values)]);
    }

    private static object?[] ValuesOf(MarketplaceHead head) =>
    [
        head.Name, head.Place, head.Fetched?.UtcTicks, head.Failed?.UtcTicks, head.Problem, head.Description, head.Version, head.Commit, head.ETag, head.Plugins, head.Artifacts, string.Join(LineEnd, head.Problems),
    ];

    private static MarketplaceHead ReadHead(SqliteDataReader row)
    {
        var problems = row.GetString(11);
        var head = new MarketplaceHead(
            row.GetInt64(12),
            row.GetString(0),
            row.GetString(1),
            Time(row, 2),
            Time(row, 3),
            Text(row, 4),
            Text(row, 5),
            Text(row, 6),
            row.GetString(7),
            Text(row, 8),
            row.GetInt32(9),
            row.GetInt32(10),
            problems.Length == 0 ? [] : problems.Split(LineEnd));
        RowSum.Check(row.GetInt64(13), ValuesOf(head));
        return head;
    }

    private (string? File, string Search) ReadText(MarketplaceHead head) => connection.First<(string? File, string Search)?>(
        "SELECT file, search, sum FROM marketplace_text WHERE marketplace_id = ?1",
        row =>
        {
            var (file, search) = (Text(row, 0), row.GetString(1));
            RowSum.Check(row.GetInt64(2), file, search, head.Name);
            return (file, search);
        },
        head.Id) ?? throw new DamagedRowException();

    private List<ListedArtifact> ReadEntries(MarketplaceHead head)
    {
        var entries = connection.Query($"SELECT {EntryColumns}, position, sum FROM marketplace_entry WHERE marketplace_id = ?1 ORDER BY position", row => ReadEntry(row, head), head.Id);
        return entries.Count(one => one.Type is not null) == head.Artifacts ? entries : throw new DamagedRowException();
    }

    private static (FetchedPlugin Plugin, int Entries) ReadPlugin(SqliteDataReader row, MarketplaceHead head)
    {
        var (plugin, entries) = (new FetchedPlugin(Text(row, 0), row.GetString(1), row.GetString(2), Text(row, 3), []), row.GetInt32(4));
        RowSum.Check(row.GetInt64(6), plugin.Name, plugin.Key, plugin.Commit, plugin.Problem, entries, row.GetInt32(5), head.Name);
        return (plugin, entries);
    }

    // The position and the marketplace are part of the sum, so that no row takes the place of another.
    private static ListedArtifact ReadEntry(SqliteDataReader row, MarketplaceHead head)
    {
        var values = new object?[EntryCount + 2];
        for (var i = 0; i <= EntryCount; i++) values[i] = row.IsDBNull(i) ? null : row.GetValue(i);
        values[^1] = head.Name;
        RowSum.Check(row.GetInt64(EntryCount + 1), values);
        string? Value(int index) => (string?)values[index];
        return new ListedArtifact(Value(0)!)
        {
            Type = Value(1),
            Plugin = Value(2),
            Description = Value(3),
            Version = Value(4),
            Category = Value(5),
            Tags = Value(6)!.Length == 0 ? [] : Value(6)!.Split(LineEnd),
            Repository = Value(7)!,
            Path = Value(8)!,
            Ref = Value(9),
            Commit = Value(10)!,
            ObjectId = Value(11)!,
            Problem = Value(12),
            Checked = new DateTimeOffset((long)values[13]!, TimeSpan.Zero),
        };
    }

    private static string? Text(SqliteDataReader row, int index) => row.IsDBNull(index) ? null : row.GetString(index);

    private static DateTimeOffset? Time(SqliteDataReader row, int index) => row.IsDBNull(index) ? null : new DateTimeOffset(row.GetInt64(index), TimeSpan.Zero);
}
