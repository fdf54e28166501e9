using System.Globalization;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Makes one generated repository: skills, a history before the pin, and one after it.</summary>
internal sealed class BenchRepository(BenchOptions options, int index, IReadOnlyList<BenchSkill> skills)
{
    // Real collections are mixed: some repositories rest, some are followed at a tag while their main branch moves on.
    private const int RestsEvery = 5;
    private const int TaggedEvery = 10;

    public string Name { get; } = $"octo-org-{(index % 7).ToString(CultureInfo.InvariantCulture)}/skills-{index.ToString("d3", CultureInfo.InvariantCulture)}";

    public RepositoryFacts Facts { get; } = new()
    {
        Description = $"Skills, part {index}",
        Topics = ["claude", "skills", $"part-{index}"],
        LicenseSpdx = index % 4 == 3 ? null : "MIT",
        Archived = index % 16 == 15,
    };

    private bool Rests => index % RestsEvery == RestsEvery - 1;

    private bool IsTagged => index % TaggedEvery == 2;

    /// <summary>Makes the repository and returns the result of git for each of its skills.</summary>
    public IReadOnlyList<BenchArtifact> Build()
    {
        var directory = Path.Combine(options.Output, "repositories", Name.Replace('/', Path.DirectorySeparatorChar) + ".git");
        using var builder = GitRepositoryBuilder.Create(new GitRepositoryOptions { Directory = directory });
        string pinned;
        string newest;
        using (builder.Batch())
        {
            pinned = builder.Commit(
                "Add skills", [GitChange.Write("README.md", $"# {Name}\n"), GitChange.Write("LICENSE", "MIT License\n"), .. skills.SelectMany(skill => skill.Changes(0))]);
            for (var i = 0; i < options.History / 2; i++)
            {
                pinned = builder.Commit($"Notes {i}", GitChange.Write("NOTES.md", $"Before, {i}\n"));
            }

            builder.Tag("v1.0.0", pinned);
            newest = Rests ? pinned : Continue(builder);
        }

        builder.Git("repack", "-a", "-d", "-q");
        builder.Git("pack-refs", "--all");
        return Describe(builder, pinned, IsTagged ? pinned : newest);
    }

    private string Continue(GitRepositoryBuilder builder)
    {
        var changed = skills.Where(skill => Scatter(skill.Number) < options.ChangedPercent).ToList();
        var newest = "";
        var commits = Math.Max(1, options.History - (options.History / 2));
        for (var i = 0; i < commits; i++)
        {
            // The changed skills are spread over the commits.
            var mine = changed.Where((_, position) => position % commits == i).SelectMany(skill => skill.Changes(i + 1));
            newest = builder.Commit($"Work {i}", [GitChange.Write("NOTES.md", $"After, {i}\n"), .. mine]);
        }

        return newest;
    }

    // Spreads neighbouring numbers evenly over 0 to 99 (Knuth's multiplicative hash), the same on every machine.
    private static int Scatter(int number) => (int)((unchecked((uint)number * 2654435761u) >> 8) % 100);

    private List<BenchArtifact> Describe(GitRepositoryBuilder builder, string pinned, string newest)
    {
        using var reader = new GitObjectReader(builder.GitDirectory, systemConfig: null);
        var trees = reader.Resolve([.. skills.SelectMany(skill => (string[])[$"{pinned}:{skill.Path}", $"{newest}:{skill.Path}"])]);
        return skills.Select((skill, i) => new BenchArtifact
        {
            Repository = Name,
            Skill = skill,
            VersionSpec = IsTagged ? "v1.0.0" : "latest",
            OldCommit = pinned,
            NewCommit = newest,
            OldTree = trees[i * 2]!.Id,
            NewTree = trees[(i * 2) + 1]!.Id,
            OldTag = IsTagged ? "v1.0.0" : null,
        }).ToList();
    }
}
