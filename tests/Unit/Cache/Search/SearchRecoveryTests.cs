using Microsoft.Data.Sqlite;
using SkillMeat.Cache;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Search.Queries;
using SkillMeat.Collections;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>The answer does not depend on the file of the cache.</summary>
public sealed class SearchRecoveryTests
{
    private const int PageSize = 4096;

    private static readonly string[] _texts = ["merge", "s1 type:skill", "quart", "qaurterly", "文档", "%", "tag:t3", ""];

    [Fact]
    public void A_cache_that_is_switched_off_gives_the_same_answers_and_writes_nothing()
    {
        using var scene = Scene(30);
        var expected = Answers(scene);
        scene.Reopen();
        Directory.Delete(scene.Home.At("cache"), recursive: true);
        var before = scene.Home.Tree();
        scene.CacheVariable = "off";

        Assert.Equal(expected, Answers(scene));
        Assert.Equal(before, scene.Home.Tree());
        Assert.Empty(scene.Warnings);
    }

    [Fact]
    public void A_home_that_cannot_be_written_gives_the_same_answers()
    {
        if (Environment.UserName == "root") Assert.Skip("Needs a folder that this user cannot write.");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using var scene = Scene(30);
        var expected = Answers(scene);
        scene.Reopen();
        Directory.Delete(scene.Home.At("cache"), recursive: true);
        File.SetUnixFileMode(scene.Home.Home, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(expected, Answers(scene));
            Assert.NotEmpty(scene.Warnings);
        }
        finally
        {
            File.SetUnixFileMode(scene.Home.Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_place_for_the_cache_that_cannot_be_used_gives_the_same_answers()
    {
        using var scene = Scene(30);
        var expected = Answers(scene);
        scene.Reopen();
        Directory.Delete(scene.Home.At("cache"), recursive: true);
        scene.Home.Write(scene.Home.At("cache"), "a file in place of the folder");

        Assert.Equal(expected, Answers(scene));
        Assert.NotEmpty(scene.Warnings);
    }

    [Fact]
    public void Noise_in_any_page_never_changes_an_answer()
    {
        using var scene = Scene(120);
        var expected = Answers(scene);
        scene.Reopen();
        var file = scene.Home.At("cache", "skillmeat-engine.db");
        var whole = File.ReadAllBytes(file);
        var random = new Random(4);
        Assert.True(whole.Length / PageSize > 20, "the file has too few pages");
        for (var page = 0; page < whole.Length / PageSize; page++)
        {
            var damaged = (byte[])whole.Clone();
            random.NextBytes(damaged.AsSpan(page * PageSize, PageSize));
            foreach (var left in Directory.GetFiles(scene.Home.At("cache"))) File.Delete(left);
            File.WriteAllBytes(file, damaged);

            Assert.Equal(expected, Answers(scene));
            scene.Reopen();
        }
    }

    /// <summary>The versions before the current one, with the scripts that led to them.</summary>
    public static TheoryData<int> OlderVersions() => [.. Enumerable.Range(1, CacheSchema.Load().Version - 1)];

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void A_file_of_an_older_version_is_brought_up_to_date(int version)
    {
        using var scene = Scene(30);
        var expected = Answers(scene);
        scene.Reopen();
        Directory.Delete(scene.Home.At("cache"), recursive: true);
        Directory.CreateDirectory(scene.Home.At("cache"));
        var file = scene.Home.At("cache", CacheLocation.FileName);
        using (var older = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            older.Open();
            foreach (var script in ScriptsUpTo(version).Append($"PRAGMA journal_mode = WAL; PRAGMA application_id = {CacheSchema.ApplicationId}; PRAGMA user_version = {version}"))
            {
                using var command = older.CreateCommand();
                command.CommandText = script;
                command.ExecuteNonQuery();
            }

            using var rows = older.CreateCommand();
            rows.CommandText = "INSERT INTO about(home) VALUES($home); INSERT INTO collection(name, manifest_stamp, lock_stamp, sum) VALUES('default', x'', x'', $sum); "
                + "INSERT INTO artifact(collection_id, type, name, path, tags, origin, sum) VALUES(1, 'skill', 'gone', 'skills/gone', '', 'local', 0)";
            rows.Parameters.AddWithValue("$home", scene.Home.Home);
            rows.Parameters.AddWithValue("$sum", RowSum.Of("default", Array.Empty<byte>(), Array.Empty<byte>()));
            rows.ExecuteNonQuery();
        }

        Assert.Equal(expected, Answers(scene));
        Assert.Empty(scene.Warnings);
        Assert.Equal(CacheSchema.Load().Version, scene.Cache.Database.Run(CacheSchema.VersionOf, TestContext.Current.CancellationToken));
    }

    private static IEnumerable<string> ScriptsUpTo(int version)
    {
        var assembly = typeof(CacheSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("cache-schema/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            if (int.Parse(name.AsSpan("cache-schema/".Length, 3), System.Globalization.CultureInfo.InvariantCulture) > version) yield break;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    [Fact]
    public async Task Processes_that_search_and_write_at_once_agree()
    {
        using var scene = Scene(200);
        var expected = Answers(scene);
        scene.Reopen();
        Directory.Delete(scene.Home.At("cache"), recursive: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            var warnings = new List<string>();
            using var cache = HomeCache.Open(CollectionStore.OpenToRead(scene.Home.Home), new HomeCacheOptions { Environment = _ => null, Report = warnings.Add });
            var answer = string.Join('\n', _texts.Select(text => Describe(new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = text }))));
            return answer + string.Concat(warnings);
        })));

        Assert.All(answers, answer => Assert.Equal(expected, answer));
    }

    [Fact]
    public void Statements_use_indexes()
    {
        using var scene = Scene(5);
        scene.Find("merge");
        var statements = Enum.GetValues<SearchOrder>().SelectMany(order => new[] { true, false }.Select(hasWords => SearchStatements.Page(hasWords, order)))
            .Concat([SearchStatements.Count(true), SearchStatements.Count(false), SearchStatements.Rows]).ToList();
        foreach (var sql in statements)
        {
            var plan = scene.Cache.Database.Run(
                connection => connection.Query($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), "[]", "[1]", null, null, null, sql.Contains("?8", StringComparison.Ordinal) ? 1 : "\"a\"", 0, "\"a\""),
                TestContext.Current.CancellationToken);
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE INDEX", StringComparison.Ordinal) && !step.Contains("json_each", StringComparison.Ordinal));
        }
    }

    private static SearchScene Scene(int count)
    {
        var scene = new SearchScene();
        for (var i = 0; i < count; i++)
        {
            scene.Skill($"s{i}", i % 4 == 0 ? "Merge 文档 % things" : $"Writes quarterly text number {i} of several words", [$"t{i % 7}"], body: string.Join(' ', Enumerable.Range(0, 40).Select(word => $"w{(i * 31) + word}")));
        }

        return scene.Save();
    }

    private static string Answers(SearchScene scene) => string.Join('\n', _texts.Select(text => Describe(scene.Find(text))));

    private static string Describe(ArtifactSearchResult found) => $"{found.Total} {found.Match} {string.Join(';', found.Items.Select(Describe))}";

    private static string Describe(FoundArtifact item) => $"{item.Collection} {item.ArtifactId} {item.Score} {item.Description} {item.Tags} {item.Snippet}";
}
