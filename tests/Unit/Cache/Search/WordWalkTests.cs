using SkillMeat.Cache;
using SkillMeat.Cache.Search.Words;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>Words that no artifact has any more leave the list of similar words, a few at a time.</summary>
public sealed class WordWalkTests
{
    [Fact]
    public void Words_of_artifacts_that_left_are_removed()
    {
        using var scene = new SearchScene();
        scene.Skill("stays", "evergreen").Skill("leaves", "deciduous").Save();
        scene.Find("evergreen");
        Assert.Equal("leaves", scene.Names("decidous"));
        using (var other = new SearchScene())
        {
            // The same home with one of its artifacts.
            var manifest = other.Skill("stays", "evergreen").Save().Home.Manifest;
            File.Copy(manifest, scene.Home.Manifest, overwrite: true);
        }

        Assert.Equal("", scene.Names("deciduous"));
        new CacheMaintenance(scene.Cache).Update(rebuild: false, TestContext.Current.CancellationToken);

        Assert.Empty(Words(scene).Intersect(["deciduous", "leaves"]));
        Assert.Contains("evergreen", Words(scene));
        Assert.Equal("stays", scene.Names("evergren"));
        Assert.Empty(Words(scene, "SELECT word_part.rowid || '' FROM word_part WHERE word_part MATCH '\"cid\"'"));
        Assert.Equal(0, scene.Cache.Database.Run(connection => connection.Number("SELECT count(*) FROM word_walk"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_step_looks_at_few_words_and_the_next_ones_go_on()
    {
        using var scene = new SearchScene();
        scene.Skill("one", "alpha beta gamma delta epsilon").Save();
        scene.Find("alpha");
        scene.Cache.Database.Run(connection => connection.Write(() =>
        {
            for (var i = 0; i < 30; i++) connection.Execute("INSERT INTO word(text) VALUES(?1)", $"gone{(char)('a' + i % 26)}{(char)('a' + i / 26)}");
            new WordWalk(connection).Begin();
            return true;
        }), TestContext.Current.CancellationToken);

        var removed = Enumerable.Range(0, 12).Select(_ => scene.Cache.Database.Run(connection => new WordWalk(connection).Step(4))).ToList();

        Assert.All(removed, number => Assert.InRange(number, 0, 4));
        Assert.Equal(30, removed.Sum());
        Assert.Equal("one", scene.Names("epsilom"));
        Assert.Equal(0, scene.Cache.Database.Run(connection => connection.Number("SELECT count(*) FROM word_walk"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Its_queries_use_indexes()
    {
        using var scene = new SearchScene();
        scene.Skill("one").Save();
        string Plan(string sql, params object[] values) => string.Join('\n', scene.Cache.Database.Run(connection => connection.Query($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), values)));

        Assert.Contains("SEARCH word USING INTEGER PRIMARY KEY", Plan("SELECT id, text FROM word WHERE id > ?1 ORDER BY id LIMIT ?2", 0, 5), StringComparison.Ordinal);
        Assert.Contains("SEARCH", Plan("SELECT done, remaining FROM word_walk WHERE id = 1"), StringComparison.Ordinal);
    }

    private static List<string> Words(SearchScene scene, string sql = "SELECT text FROM word") => scene.Cache.Database.Run(connection => connection.Query(sql, row => row.GetString(0)));
}
