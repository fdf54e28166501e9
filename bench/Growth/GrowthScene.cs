using System.Globalization;
using System.Text.Json;
using SkillMeat.Bench.Data;
using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Growth;

/// <summary>Skills in a folder, and homes that have all of them, for one size of a collection. Deleted with the workspace.</summary>
internal sealed class GrowthScene
{
    // File systems store times in steps; a scan reads files that were written in the last step again.
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(60);

    private readonly BenchmarkContext _context;
    private readonly string _folder;
    private readonly ProgramRunner _skm;
    private string? _home;
    private readonly List<string> _copies = [];
    private int _changes;

    private GrowthScene(BenchmarkContext context, int artifacts)
    {
        _context = context;
        Artifacts = artifacts;
        _folder = context.Workspace.NewHomePath();
        _skm = new ProgramRunner(context.Programs.Skm, new Dictionary<string, string?>());
    }

    /// <summary>The number of artifacts.</summary>
    public int Artifacts { get; }

    /// <summary>The folders of the skills upstream.</summary>
    public IReadOnlyList<string> Skills => [.. Enumerable.Range(0, Artifacts).Select(SkillFolder)];

    /// <summary>The skills in a folder, and a home that has all of them.</summary>
    public static async Task<GrowthScene> CreateAsync(BenchmarkContext context, int artifacts, CancellationToken cancellationToken)
    {
        var scene = new GrowthScene(context, artifacts);
        for (var number = 0; number <= artifacts; number++) scene.WriteSkill(number);
        scene._home = await scene.EmptyHomeAsync(cancellationToken);
        scene._copies.Clear();
        await scene.RunAsync(["add", "skill", .. scene.Skills, "--home", scene._home, "-q"], cancellationToken);
        return scene;
    }

    /// <summary>The name of a skill; that of the number of artifacts is not in the home.</summary>
    public static string SkillName(int number) => "skill-" + number.ToString("D5", CultureInfo.InvariantCulture);

    /// <summary>The folder of a skill upstream.</summary>
    public string SkillFolder(int number) => Path.Combine(_folder, "up", "skills", SkillName(number));

    /// <summary>The home with all artifacts, for operations that change nothing.</summary>
    public string SharedHome => _home!;

    /// <summary>A home without artifacts.</summary>
    public async Task<string> EmptyHomeAsync(CancellationToken cancellationToken)
    {
        var home = NewHomePath();
        await RunAsync(["init", "--home", home, "-q"], cancellationToken);
        return home;
    }

    /// <summary>A home with all artifacts, for an operation that changes it.</summary>
    public string CopyHome()
    {
        var copy = NewHomePath();
        foreach (var folder in Directory.EnumerateDirectories(_home!, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(copy, Path.GetRelativePath(_home!, folder)));
        foreach (var file in Directory.EnumerateFiles(_home!, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(copy, Path.GetRelativePath(_home!, file)));
        Thread.Sleep(Settled);
        return copy;
    }

    /// <summary>Takes a snapshot of a home, and returns its id.</summary>
    public async Task<string> TakeSnapshotAsync(string home, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(["snapshot", "new", "--home", home, "--format", "json"], cancellationToken);
        using var snapshot = JsonDocument.Parse(outcome.Output);
        return snapshot.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Changes a file of one artifact in a home.</summary>
    public void ChangeOne(string home)
    {
        File.AppendAllText(Path.Combine(home, "collections", "default", "skills", SkillName(Artifacts / 2), "notes.md"), "One more line.\n");
        Thread.Sleep(Settled);
    }

    /// <summary>Changes each artifact upstream.</summary>
    public void ChangeUpstream()
    {
        _changes++;
        foreach (var skill in Skills) File.AppendAllText(Path.Combine(skill, "notes.md"), $"Change {_changes.ToString(CultureInfo.InvariantCulture)}.\n");
        Thread.Sleep(Settled);
    }

    /// <summary>The generated repositories of as many artifacts.</summary>
    public Task<DataSet> DataAsync(CancellationToken cancellationToken) => _context.Workspace.DataAsync(Artifacts, cancellationToken);

    /// <summary>The server of the generated repositories.</summary>
    public Task<GitHubServer> ServerAsync(CancellationToken cancellationToken) => _context.Workspace.ServerAsync(Artifacts, delayMilliseconds: 0, cancellationToken);

    /// <summary>A path for a new home, which is deleted with the copies.</summary>
    public string NewHomePath()
    {
        var home = _context.Workspace.NewHomePath();
        _copies.Add(home);
        return home;
    }

    /// <summary>Deletes the scene, and the homes that runs changed.</summary>
    public void Delete()
    {
        foreach (var copy in _copies.Where(Directory.Exists)) Directory.Delete(copy, recursive: true);
        Directory.Delete(_home!, recursive: true);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs <c>skm</c> without measuring it.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<ProcessOutcome> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(_skm, arguments, cancellationToken);

    /// <summary>Runs <c>skm</c> with the environment of an operation without measuring it.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public Task<ProcessOutcome> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        RunAsync(new ProgramRunner(_context.Programs.Skm, environment), arguments, cancellationToken);

    private static async Task<ProcessOutcome> RunAsync(ProgramRunner skm, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var outcome = await skm.RunAsync(arguments, cancellationToken);
        return outcome.ExitCode == 0 ? outcome : throw new InvalidOperationException($"skm {arguments[0]} ended with {outcome.ExitCode}: {outcome.Error.Trim()}");
    }

    private void WriteSkill(int number)
    {
        var folder = SkillFolder(number);
        Directory.CreateDirectory(folder);
        var text = Convert.ToBase64String(RandomBytes(number));
        File.WriteAllText(Path.Combine(folder, "SKILL.md"), $"""
            ---
            name: {SkillName(number)}
            description: Does the thing with the number {number} in documents and folders
            license: MIT
            tags: [tag-{number % 7}, group-{number % 13}]
            ---
            # Skill {number}

            {text}

            """);
        File.WriteAllText(Path.Combine(folder, "notes.md"), $"Notes of {number}.\n");
    }

    // The same content in each run of the benchmark.
    private static byte[] RandomBytes(int seed)
    {
        var bytes = new byte[450];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
