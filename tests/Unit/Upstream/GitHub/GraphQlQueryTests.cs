using System.Text.Json;
using SkillMeat.Collections;
using SkillMeat.Upstream;
using SkillMeat.Upstream.GitHub;
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
            Path("skills/pdf", ArtifactType.Skill, "v1.2.0", ManifestDetail.Id),
            Path("commands/a \"quoted\" \\ name.md", ArtifactType.Command, "feature/ünïcode", ManifestDetail.Text),
            Path("mcp/db", ArtifactType.Mcp, "deadbeef", ManifestDetail.Text),
            Path("", ArtifactType.Composite, new string('a', 40), ManifestDetail.Id),
        };
        var question = new RepositoryQuestion(Octo, paths, [new ContainerQuestion("skills", ArtifactType.Skill, RefSpec.Latest), new ContainerQuestion("x/agents", ArtifactType.Agent, RefSpec.Parse("v1"))], WithFacts: true);
        var asked = QueryOf(GraphQlQueryText.ForParts([new GraphQlPart(question, 0, 3), new GraphQlPart(question, 3, 2)]));
        var read = QueryOf(GraphQlQueryText.ForFiles([new FileQuestion(Octo, new string('b', 40), ["mcp/db/.mcp.json", "mcp/db/mcp.json"])]));

        Assert.Contains("""p2h:object(expression:"refs/heads/feature/\u00FCn\u00EFcode:commands/a \u0022quoted\u0022 \\ name.md")""", asked, StringComparison.Ordinal);
        Assert.Contains("isArchived", asked, StringComparison.Ordinal);
        Assert.Equal(1, asked.Split("repositoryTopics").Length - 1);
        if (Environment.GetEnvironmentVariable("SKILLMEAT_QUERY_FOLDER") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(System.IO.Path.Combine(folder, "ask.graphql"), asked);
            File.WriteAllText(System.IO.Path.Combine(folder, "read.graphql"), read);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(50, 17, 4)]
    [InlineData(1, 5000, 11)]
    [InlineData(200, 1, 7)]
    public void Questions_are_spread_over_as_few_queries_as_may_run_at_once(int repositories, int artifacts, int queries)
    {
        var questions = Enumerable.Range(0, repositories)
            .Select(r => new RepositoryQuestion(
                RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", $"r{r}"),
                Enumerable.Range(0, artifacts).Select(a => Path($"skills/{a}", ArtifactType.Skill, null, ManifestDetail.None)).ToList(),
                ArtifactType.All.Where(t => t.Container is not null).Select(t => new ContainerQuestion(t.Container!, t, RefSpec.Latest)).ToList(),
                WithFacts: false))
            .ToList();

        var batches = GraphQlBatcher.Default(4).Spread(questions);

        Assert.InRange(batches.Count, 1, queries);
        Assert.All(batches, b => Assert.InRange(b.Sum(p => p.Weight), 1, 1100));
        foreach (var question in questions)
        {
            var parts = batches.SelectMany(b => b).Where(p => p.Question == question).OrderBy(p => p.FirstPath).ToList();
            Assert.Equal(question.Paths, parts.SelectMany(p => p.Paths));
            Assert.Single(parts, p => p.IsFirst);
        }
    }

    [Fact]
    public void A_query_that_was_too_much_is_halved_down_to_one_path()
    {
        var question = new RepositoryQuestion(Octo, Enumerable.Range(0, 5).Select(i => Path($"skills/{i}", ArtifactType.Skill, null, ManifestDetail.None)).ToList(), [], WithFacts: false);
        var pending = new Queue<IReadOnlyList<GraphQlPart>>([[new GraphQlPart(question, 0, 5)]]);
        var single = new List<PathQuestion>();
        while (pending.TryDequeue(out var batch))
        {
            if (GraphQlBatcher.Halve(batch) is var (first, second))
            {
                pending.Enqueue(first);
                pending.Enqueue(second);
            }
            else
            {
                single.AddRange(batch.Single().Paths);
            }
        }

        Assert.Equal(question.Paths.OrderBy(p => p.Path, StringComparer.Ordinal), single.OrderBy(p => p.Path, StringComparer.Ordinal));
    }

    private static PathQuestion Path(string path, ArtifactType type, string? follows, ManifestDetail manifest) =>
        new(path, type, RefSpec.Parse(follows), new string('c', 40), BaseContentHash: null, manifest);

    private static string QueryOf(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("query").GetString()!;
    }
}
