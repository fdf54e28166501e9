using SkillMeat.Cache;
using SkillMeat.Cache.Search;
using SkillMeat.Cache.Stale;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache.Search;

/// <summary>Artifacts are found by what a user types.</summary>
public sealed class ArtifactSearchTests
{
    [Theory]
    [InlineData("pdf", "pdf-tools report")]
    [InlineData("PDF", "pdf-tools report")]
    [InlineData("extract tables", "pdf-tools")]
    [InlineData("tables\textract\n", "pdf-tools")]
    [InlineData("pdf-tools", "pdf-tools")]
    [InlineData("pdftools", "pdf-tools")]
    [InlineData("\"tables from\"", "pdf-tools")]
    [InlineData("\"from tables\"", "pdf-tools")]
    [InlineData("Lovelace", "pdf-tools")]
    [InlineData("documents", "pdf-tools")]
    [InlineData("octo", "report")]
    [InlineData("quarterly", "report")]
    [InlineData("unicorns", "report")]
    [InlineData("resume", "cv")]
    [InlineData("RÉSUMÉ", "cv")]
    [InlineData("github", "cv report")]
    [InlineData("hub", "cv")]
    [InlineData("strasse", "cv")]
    [InlineData("ｃｖ", "cv")]
    public void Words_are_found_in_all_texts(string text, string expected)
    {
        using var scene = Sample();

        Assert.Equal(expected, scene.Names(text));
    }

    [Theory]
    [InlineData("quart", SearchMatch.Prefix, "report")]
    [InlineData("extract tab", SearchMatch.Prefix, "pdf-tools")]
    [InlineData("uarter", SearchMatch.Similar, "report")]
    [InlineData("tools-pdf", SearchMatch.Similar, "pdf-tools")]
    [InlineData("quaterly", SearchMatch.Similar, "report")]
    [InlineData("lovleace", SearchMatch.Similar, "pdf-tools")]
    [InlineData("qarterlly", SearchMatch.Similar, "report")]
    [InlineData("tabels pdf", SearchMatch.Similar, "pdf-tools")]
    [InlineData("tset", SearchMatch.Similar, "cv")]
    [InlineData("quarterly", SearchMatch.Exact, "report")]
    [InlineData("zzzzzz", SearchMatch.None, "")]
    [InlineData("pdf zzzzzz", SearchMatch.None, "")]
    public void Beginnings_and_typing_errors_are_forgiven_when_nothing_better_is_there(string text, SearchMatch match, string expected)
    {
        using var scene = Sample();

        var found = scene.Find(text);
        Assert.Equal(expected, string.Join(' ', found.Items.Select(item => item.Name)));
        Assert.Equal(match, found.Match);
    }

    [Theory]
    [InlineData("文档", "zh")]
    [InlineData("编程", "zh")]
    [InlineData("程", "zh")]
    [InlineData("python编程", "zh")]
    [InlineData("档文", "")]
    [InlineData("東京", "ja")]
    [InlineData("都", "ja")]
    [InlineData("データ", "ja")]
    [InlineData("テ\u3099ータ", "ja")]
    [InlineData("ータ", "ja")]
    [InlineData("テータ", "")]
    [InlineData("한국", "ko")]
    [InlineData("국어", "ko")]
    [InlineData("어", "ko")]
    [InlineData("\u1112\u1161\u11ab\u1100\u116e\u11a8", "ko")]
    [InlineData("하", "")]
    [InlineData("ไทย", "th")]
    public void Texts_without_blanks_are_found_by_substring(string text, string expected)
    {
        using var scene = new SearchScene()
            .Skill("zh", "用于处理文档的Python编程工具").Skill("ja", "東京都のデータ").Skill("ko", "한국어 도구").Skill("th", "ภาษาไทยง่าย").Save();

        Assert.Equal(expected, scene.Names(text));
    }

    [Theory]
    [InlineData("%", "percent")]
    [InlineData("_", "under_score")]
    [InlineData("*", "star")]
    [InlineData("+%", "")]
    [InlineData("?", "")]
    [InlineData("\"", "")]
    [InlineData("name:_", "under_score")]
    [InlineData("name:%", "")]
    [InlineData("author:%", "")]
    [InlineData("r_d", "")]
    [InlineData("r%d", "")]
    [InlineData("re*d", "")]
    [InlineData("under%score", "under_score")]
    [InlineData("🚀", "rocket")]
    public void Signs_match_only_themselves(string text, string expected)
    {
        using var scene = new SearchScene().Skill("read", "Reads").Skill("percent", "Up to 100 % more").Skill("under_score", "Joined").Skill("star", "A * b").Skill("rocket", "Launch 🚀 now").Save();

        Assert.Equal(expected, scene.Names(text));
    }

    [Theory]
    [InlineData("type:skill", "cv pdf-tools report")]
    [InlineData("TYPE:Command", "deploy")]
    [InlineData("type:skill,command", "cv deploy pdf-tools report")]
    [InlineData("type:skill type:command", "cv deploy pdf-tools report")]
    [InlineData("tag:pdf", "pdf-tools")]
    [InlineData("tag:PDF tag:office", "pdf-tools")]
    [InlineData("tag:\"big data\"", "report")]
    [InlineData("tag:big", "")]
    [InlineData("tag:pd", "")]
    [InlineData("author:ada", "pdf-tools")]
    [InlineData("author:\"Ada Lovelace\"", "pdf-tools")]
    [InlineData("author:lovlace", "pdf-tools")]
    [InlineData("author:pdf", "")]
    [InlineData("source:octo/reports", "report")]
    [InlineData("name:pdf", "pdf-tools")]
    [InlineData("name:tables", "")]
    [InlineData("collection:default name:cv", "cv")]
    [InlineData("collection:DEFAULT name:cv", "cv")]
    [InlineData("pdf type:skill tag:pdf", "pdf-tools")]
    [InlineData("pdf type:command", "")]
    [InlineData("", "cv deploy pdf-tools report")]
    [InlineData("  \t ", "cv deploy pdf-tools report")]
    public void Fields_filter(string text, string expected)
    {
        using var scene = Sample();

        Assert.Equal(expected, scene.SortedNames(text));
    }

    [Theory]
    [InlineData("pdf type:skil", "'skil'")]
    [InlineData("pdf collection:none", "'none'")]
    [InlineData("pdf stale:perhaps", "stale:perhaps")]
    [InlineData("pdf project:none", "'none'")]
    public void A_condition_that_nothing_can_meet_finds_nothing_and_is_explained(string text, string hint)
    {
        using var scene = Sample();

        var found = scene.Find(text);
        Assert.Equal(0, found.Total);
        Assert.Contains(hint, Assert.Single(found.Hints), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_with_a_colon_are_words()
    {
        using var scene = new SearchScene().Skill("a", "See note: pdf at https://example.org/x").Save();

        Assert.Equal("a", scene.Names("note:pdf"));
        Assert.Equal("a", scene.Names("https://example.org"));
        Assert.Equal("a", scene.Find("type: skill").Total == 0 ? "a" : "");
    }

    [Fact]
    public void A_hit_in_the_name_comes_before_one_in_the_text()
    {
        using var scene = new SearchScene().Skill("one", "About", body: "merge merge merge").Skill("two", "Does merge things").Skill("three", "About", tags: ["merge"]).Skill("merge", "About").Skill("five", "About", title: "Merge").Save();

        Assert.Equal("merge five three two one", scene.Names("merge"));
        var scores = scene.Find("merge").Items.Select(item => item.Score).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.All(scores, score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void Orders_and_pages_agree()
    {
        using var scene = new SearchScene();
        for (var i = 0; i < 57; i++) scene.Skill($"s{i:00}", i % 3 == 0 ? "merge twice merge" : "merge", updated: i % 5 == 0 ? null : $"2026-02-{1 + (i % 20):00}T00:00:00");
        scene.Save();

        foreach (var order in Enum.GetValues<SearchOrder>())
        {
            var all = scene.Find(new ArtifactSearchRequest { Text = "merge", Order = order, Limit = 100 });
            Assert.Equal(57, all.Total);
            var paged = Enumerable.Range(0, 9).SelectMany(page => scene.Find(new ArtifactSearchRequest { Text = "merge", Order = order, Limit = 7, Offset = page * 7 }).Items).ToList();
            Assert.Equal(all.Items.Select(item => item.Name), paged.Select(item => item.Name));
            Assert.Equal(57, paged.Select(item => item.Name).Distinct().Count());
        }

        var byDate = scene.Find(new ArtifactSearchRequest { Text = "merge", Order = SearchOrder.Date, Limit = 100 }).Items.Select(item => item.Updated).ToList();
        Assert.Equal(byDate.OrderDescending(), byDate);
        var byName = scene.Find(new ArtifactSearchRequest { Order = SearchOrder.Name, Limit = 100 }).Items.Select(item => item.Name).ToList();
        Assert.Equal(byName.Order(StringComparer.OrdinalIgnoreCase), byName);
        Assert.Empty(scene.Find(new ArtifactSearchRequest { Text = "merge", Limit = 0 }).Items);
        Assert.Equal(57, scene.Find(new ArtifactSearchRequest { Text = "merge", Offset = 1000 }).Total);
    }

    [Fact]
    public void Snippets_mark_the_hit()
    {
        using var scene = new SearchScene()
            .Skill("a", "Makes **bold** PDF files")
            .Skill("b", "About", body: $"{string.Concat(Enumerable.Repeat("word ", 100))}the unicorn is here {string.Concat(Enumerable.Repeat("word ", 100))}")
            .Skill("c", "用于处理文档的工具").Skill("unicode-tool", "Nothing here").Save();

        Assert.Equal("Makes bold **PDF** files", Assert.Single(scene.Find("pdf").Items).Snippet);
        var body = Assert.Single(scene.Find("unicorn").Items).Snippet;
        Assert.Contains("the **unicorn** is here", body, StringComparison.Ordinal);
        Assert.StartsWith("…", body, StringComparison.Ordinal);
        Assert.EndsWith("…", body, StringComparison.Ordinal);
        Assert.InRange(body.Length, 80, 200);
        Assert.Equal("用于处理**文档**的工具", Assert.Single(scene.Find("文档").Items).Snippet);
        Assert.Equal("Nothing here", Assert.Single(scene.Find("name:unicode").Items).Snippet);
        Assert.Equal("Makes **bold** PDF files", Assert.Single(scene.Find("bol").Items).Snippet);
    }

    [Fact]
    public async Task A_project_selects_what_is_deployed_there()
    {
        using var scene = Sample();
        var project = Path.Combine(scene.Home.Place, "app");
        scene.Home.Write("app/.claude/.skillmeat-deployed.toml", "[[deployed]]\nartifact_name = \"cv\"\nartifact_type = \"skill\"\nfrom_collection = \"default\"\ndeployed_at = \"2026-01-01T00:00:00\"\nartifact_path = \"skills/cv\"\ncontent_hash = \"00\"\nlocal_modifications = false\n");
        await new ProjectRegistry(CollectionStore.Open(scene.Home.Home), _ => null).RegisterAsync([project], TimeSpan.FromSeconds(10), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("cv", scene.Names("project:app"));
        Assert.Equal("cv", scene.Names($"project:\"{project}\""));
        var found = scene.Find(new ArtifactSearchRequest { Project = "app" });
        Assert.Equal(1, found.Total);
        Assert.Equal(SkillMeat.Storage.Files.LinkTarget.RealFolder(project), found.Items[0].Project);
        Assert.Equal(0, scene.Find(new ArtifactSearchRequest { Text = "pdf", Project = "app" }).Total);
        Assert.Null(scene.Find("pdf").Items[0].Project);
    }

    [Fact]
    public async Task Stale_artifacts_are_those_that_skm_stale_lists()
    {
        using var home = TestHome.Sample();
        // A check remembers what it found in a cache that is there.
        (await home.RunAsync("search")).Succeeds();
        (await home.RunAsync("collection", "refresh", "--check-only")).Succeeds(2);

        using var cache = HomeCache.Open(CollectionStore.OpenToRead(home.Home), new HomeCacheOptions { Environment = _ => null });
        string Names(string text) => string.Join(' ', new ArtifactSearch(cache, _ => null).Search(new ArtifactSearchRequest { Text = text }).Items.Select(item => item.Name));
        var stale = string.Join(' ', new StaleArtifacts(cache, _ => null).Find(new StaleQuery(), TestContext.Current.CancellationToken).Artifacts.Select(one => one.Name));
        Assert.NotEmpty(stale);
        Assert.Equal(stale, Names("stale:yes"));
        Assert.Equal("meeting-notes", Names("stale:yes transcripts"));
        Assert.Equal("", Names("stale:no transcripts"));
        Assert.DoesNotContain("meeting-notes", Names("stale:no"), StringComparison.Ordinal);
        Assert.Equal(4, (Names("stale:yes") + " " + Names("stale:no")).Split(' ').Length);
    }

    [Fact]
    public void Wrong_parameters_are_errors()
    {
        using var scene = Sample();

        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => scene.Find(new ArtifactSearchRequest { Limit = -1 })).ErrorId);
        Assert.Equal(ErrorIds.InvalidArgument, Assert.Throws<SkillMeatException>(() => scene.Find(new ArtifactSearchRequest { Offset = -1 })).ErrorId);
        Assert.Equal(ErrorIds.ProjectNotFound, Assert.Throws<SkillMeatException>(() => scene.Find(new ArtifactSearchRequest { Project = "none" })).ErrorId);
        Assert.Equal(ErrorIds.CollectionNotFound, Assert.Throws<SkillMeatException>(() => scene.Find(new ArtifactSearchRequest { Collections = ["none"] })).ErrorId);
    }

    [Fact]
    public void All_collections_are_searched()
    {
        using var scene = Sample();
        scene.Home.Write(scene.Home.At("collections", "work", "collection.toml"), File.ReadAllText(scene.Home.Manifest));
        scene.Home.Write(scene.Home.At("collections", "broken", "collection.toml"), "no toml");

        var found = scene.Find("cv");
        Assert.Equal(["default", "work"], found.Items.Select(item => item.Collection).Order(StringComparer.Ordinal));
        Assert.Contains("broken", Assert.Single(found.Problems), StringComparison.Ordinal);
        Assert.Equal("work", Assert.Single(scene.Find("cv collection:work").Items).Collection);
        Assert.Equal("work", Assert.Single(scene.Find(new ArtifactSearchRequest { Text = "cv", Collections = ["work"] }).Items).Collection);
        Assert.Equal(0, scene.Find(new ArtifactSearchRequest { Text = "cv collection:default", Collections = ["work"] }).Total);
    }

    private static SearchScene Sample() => new SearchScene()
        .Skill("pdf-tools", "Extract tables from PDF files", ["pdf", "office", "documents"], "Ada Lovelace")
        .Skill("report", "Writes reports", ["Big Data", "pdf-report"], upstream: "https://github.com/octo/reports/tree/main/report", body: "# Quarterly\nThese are for unicorns.")
        .Skill("cv", "Makes a résumé", title: "Für GitHub und die Straße", body: "Test it")
        .Command("deploy", "Ships it")
        .Save();
}
