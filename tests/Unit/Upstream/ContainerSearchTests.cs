using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using Xunit;

namespace SkillMeat.Tests.Upstream;

/// <summary>The search below the containers of a repository ends, whatever the folders are.</summary>
public sealed class ContainerSearchTests
{
    private static readonly RepositoryAddress _octo = RepositoryAddress.OnGitHub(new Uri("https://github.com"), "octo", "skills");
    private static readonly ContainerQuestion _commands = new("commands", ArtifactType.Command, RefSpec.Latest);
    private static readonly ContainerQuestion _agents = new("agents", ArtifactType.Agent, RefSpec.Latest);

    private readonly List<string> _listed = [];
    private CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 110, "more than 200 folders")]
    [InlineData(100, 51, "more than 5000 files")]
    [InlineData(1000, 0, "more than 200 folders")]
    public void Folders_that_contain_each_other_are_listed_within_a_limit_for_all_containers(int names, int listed, string limit)
    {
        var (containers, error) = Search([_commands, _agents], folder => Folders(folder.Path, names), [Container(_commands, Folders("commands", names)), Container(_agents, [File("agents/a.md")])]);

        Assert.Equal([names, 1], containers.Select(container => container.Entries.Count));
        Assert.Contains(limit, error?.Message, StringComparison.Ordinal);
        Assert.Equal(listed, _listed.Count);
    }

    [Fact]
    public void Entries_are_limited_too()
    {
        var (containers, error) = Search([_commands], folder => [.. Enumerable.Range(0, 1000).Select(i => File($"{folder.Path}/{i}.md"))], [Container(_commands, Folders("commands", 6))]);

        Assert.Equal(6, Assert.Single(containers).Entries.Count);
        Assert.Contains("more than 5000 files", error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_listed_does_not_affect_the_others()
    {
        var (containers, error) = Search(
            [_commands],
            folder => folder.Name == "1" ? throw new UpstreamException(ErrorIds.UpstreamUnavailable, "no access") : [File($"{folder.Path}/c.md")],
            [Container(_commands, Folders("commands", 3))]);

        Assert.Equal(["commands/0/c.md", "commands/2/c.md"], Assert.Single(containers).Entries.Where(entry => !entry.IsFolder).Select(entry => entry.Path));
        Assert.Equal("no access", error?.Message);
    }

    [Fact]
    public void A_folder_that_is_a_container_itself_and_links_are_not_listed()
    {
        var own = _commands with { Path = "commands/0" };
        var entries = Folders("commands", 2).Append(new TreeItem("commands/link", IsFolder: true, "") { IsLink = true }).ToList();

        Search([_commands, own], folder => [File($"{folder.Path}/c.md")], [Container(_commands, entries), Container(own, [])]);

        Assert.Equal(["commands/1"], _listed);
    }

    [Fact]
    public void The_search_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        _cancellation = cancellation.Token;

        Assert.Throws<OperationCanceledException>(() => Search([_commands], _ => [], [Container(_commands, Folders("commands", 1))]));
    }

    private (IReadOnlyList<ContainerAnswer> Containers, UpstreamException? Error) Search(
        IReadOnlyList<ContainerQuestion> asked, Func<TreeItem, IReadOnlyList<TreeItem>> list, IReadOnlyList<ContainerAnswer> containers)
    {
        var search = new ContainerSearch(new RepositoryQuestion(_octo, [], asked, WithFacts: false), (_, folder) =>
        {
            _listed.Add(folder.Path);
            return list(folder);
        });
        return search.Run(containers, _cancellation);
    }

    private static ContainerAnswer Container(ContainerQuestion question, IReadOnlyList<TreeItem> entries) => new(question, "", entries);

    private static List<TreeItem> Folders(string path, int count) => [.. Enumerable.Range(0, count).Select(i => new TreeItem($"{path}/{i}", IsFolder: true, ""))];

    private static TreeItem File(string path) => new(path, IsFolder: false, "");
}
