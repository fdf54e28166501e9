using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Generates the data of a benchmark: repositories, a collection pinned at old commits of them, and the expected results of a check.</summary>
internal static class BenchGenerator
{
    private static readonly JsonSerializerOptions Style = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Generates the data and returns a line that describes it.</summary>
    /// <exception cref="IOException">The folder is not empty.</exception>
    public static string Run(BenchOptions options)
    {
        options = options with { Output = Path.GetFullPath(options.Output) };
        if (Directory.Exists(options.Output) && Directory.EnumerateFileSystemEntries(options.Output).Any())
        {
            throw new IOException($"'{options.Output}' is not empty.");
        }

        var repositories = Enumerable.Range(0, options.Repositories)
            .Select(index => new BenchRepository(options, index, SkillsOf(options, index)))
            .ToList();
        var artifacts = repositories.SelectMany(repository => repository.Build()).ToList();
        new BenchHome(options).Write(artifacts);
        File.WriteAllBytes(
            Path.Combine(options.Output, "repositories", "facts.json"),
            JsonSerializer.SerializeToUtf8Bytes(repositories.ToDictionary(repository => repository.Name, repository => repository.Facts), Style));
        File.WriteAllBytes(Path.Combine(options.Output, "expected.json"), JsonSerializer.SerializeToUtf8Bytes(artifacts.Select(Describe), Style));
        return $"{repositories.Count} repositories, {artifacts.Count} artifacts, {artifacts.Count(artifact => artifact.Changed)} of them changed: {options.Output}";
    }

    private static object Describe(BenchArtifact artifact) => new
    {
        artifact.ArtifactId,
        artifact.Repository,
        artifact.Path,
        artifact.VersionSpec,
        artifact.OldCommit,
        artifact.NewCommit,
        artifact.OldTree,
        artifact.NewTree,
        artifact.Changed,
    };

    private static List<BenchSkill> SkillsOf(BenchOptions options, int repository) =>
        Enumerable.Range(0, options.Artifacts).Where(number => number % options.Repositories == repository).Select(number => new BenchSkill(number)).ToList();
}
