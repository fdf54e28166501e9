using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.GitHub;
using SkillMeat.Upstream.ObjectIds;
using Xunit;

namespace SkillMeat.Tests.Upstream.GitHub;

public sealed class GraphQlQueryTests
{
    private static readonly RepositoryAddress Octo = RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", "skills");

    [Fact]
    public void Every_form_of_query_is_handed_to_the_check_against_the_published_schema()
    {
        var paths = new[]
        {
            Path("skills/pdf", ArtifactType.Skill, null, ManifestDetail.None),
            Path("skills/doc", ArtifactType.Skill, null, ManifestDetail.None),
            Path("alone/xls", ArtifactType.Skill, "v1.2.0", ManifestDetail.Id),
            Path("commands/a \"quoted\" \\ name.md", ArtifactType.Command, null, ManifestDetail.Text),
            Path("mcp/db", ArtifactType.Mcp, "deadbeef", ManifestDetail.Text),
            Path("", ArtifactType.Composite, new string('a', 40), ManifestDetail.Id),
        };
        var question = new RepositoryQuestion(
            Octo, paths, [new ContainerQuestion("skills", ArtifactType.Skill, RefSpec.Latest), new ContainerQuestion("agents", ArtifactType.Agent, RefSpec.Parse("feature/ünïcode"))], WithFacts: true);
        var share = new GraphQlInquiry(question, new ForgetfulCache()).NextShare;
        var asked = QueryOf(GraphQlQueryText.For([share.Part(0, 5), share.Part(5, share.Lookups.Count - 5)]));
        var read = QueryOf(GraphQlQueryText.For([new GraphQlFileInquiry(Octo, [(0, new FileQuestion(Octo, new string('b', 40), ["mcp/db/.mcp.json", "mcp/db/mcp.json"]))]).Share]));

        Assert.Contains("""ref(qualifiedName:"refs/heads/feature/\u00FCn\u00EFcode")""", asked, StringComparison.Ordinal);
        Assert.Contains("""object(expression:"HEAD:commands/a \u0022quoted\u0022 \\ name.md")""", asked, StringComparison.Ordinal);
        Assert.Contains("isArchived", asked, StringComparison.Ordinal);
        Assert.Equal(1, asked.Split("repositoryTopics").Length - 1);
        Assert.Equal(1, asked.Split("HEAD:skills\"").Length - 1);
        if (Environment.GetEnvironmentVariable("SKILLMEAT_QUERY_FOLDER") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(System.IO.Path.Combine(folder, "ask.graphql"), asked);
            File.WriteAllText(System.IO.Path.Combine(folder, "read.graphql"), read);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(49, 1, 1)]
    [InlineData(50, 2, 2)]
    [InlineData(51, 1, 2)]
    [InlineData(1, 5000, 20)]
    [InlineData(200, 1, 4)]
    [InlineData(3, 400, 8)]
    public void Shares_are_spread_over_few_queries_none_of_which_GitHub_finds_too_much(int repositories, int lookups, int queries)
    {
        var shares = Enumerable.Range(0, repositories).Select(r => Share($"r{r}", lookups)).ToList();

        var batches = new GraphQlBatcher(4).Spread(shares);

        Assert.InRange(batches.Count, 1, queries);
        Assert.All(batches, b => Assert.InRange(b.Count, 1, 50));
        Assert.All(batches, b => Assert.InRange(b.Sum(s => s.Lookups.Count), 1, 250));
        foreach (var share in shares)
        {
            var parts = batches.SelectMany(b => b).Where(p => p.Repository.Equals(share.Repository)).ToList();
            Assert.Equal(share.Lookups, parts.SelectMany(p => p.Lookups));
            Assert.Single(parts, p => p.Header is not null);
        }
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 20)]
    public void A_query_that_was_too_much_is_halved_down_to_single_repositories_and_lookups(bool isSure, int most)
    {
        var shares = new[] { Share("a", 37), Share("b", 2), Share("c", 1) };
        var pending = new Stack<IReadOnlyList<GraphQlShare>>([shares]);
        var single = new List<GraphQlShare>();
        while (pending.TryPop(out var batch))
        {
            if (GraphQlBatcher.Halve(batch, isSure) is var (first, second))
            {
                pending.Push(second);
                pending.Push(first);
            }
            else
            {
                single.Add(Assert.Single(batch));
            }
        }

        Assert.Equal(shares.SelectMany(s => s.Lookups), single.SelectMany(s => s.Lookups));
        Assert.All(single, s => Assert.InRange(s.Lookups.Count, 1, most));
    }

    private static GraphQlShare Share(string name, int lookups) => new(
        RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", name),
        new GraphQlHeader(WithRoot: true, WithFacts: false),
        Enumerable.Range(0, lookups).Select(i => GraphQlLookup.At(GraphQlLookupKind.Object, commit: null, $"{name}/{i}")).ToList());

    private static PathQuestion Path(string path, ArtifactType type, string? follows, ManifestDetail manifest) =>
        new(path, type, RefSpec.Parse(follows), new string('c', 40), BaseContentHash: null, manifest);

    private static string QueryOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("query").GetString()!;
    }

    private sealed class ForgetfulCache : IObjectIdCache
    {
        public KnownObject? Find(RepositoryAddress repository, string commit, string path) => null;

        public bool TryFind(RepositoryAddress repository, string commit, string path, out KnownObject? found)
        {
            found = null;
            return false;
        }

        public IReadOnlyList<string> CommitsOf(RepositoryAddress repository, string path, KnownObject found) => [];

        public void Add(RepositoryAddress repository, string commit, string path, KnownObject found)
        {
        }

        public void AddAbsence(RepositoryAddress repository, string commit, string path)
        {
        }

        public void Save()
        {
        }
    }
}
