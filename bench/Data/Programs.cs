using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Data;

/// <summary>The programs to start, from the same build as this one.</summary>
internal sealed class Programs
{
    private readonly string _root;
    private readonly string _framework;

    private Programs(string root, string framework)
    {
        _root = root;
        _framework = framework;
    }

    /// <summary>The native <c>skm</c> of <c>dotnet publish</c>.</summary>
    public string Skm => Path.Combine(SkmFolder, OperatingSystem.IsWindows() ? "skm.exe" : "skm");

    /// <summary>The <c>skm</c> for the .NET runtime, of a Release build.</summary>
    public string RuntimeSkm => Find("src", "SkillMeat.Cli", "skm");

    public string LoopbackGitHub => Find("tests", "LoopbackGitHub", "SkillMeat.Tests.LoopbackGitHub");

    public string EmptyProgram => Find("bench", "EmptyProgram", "SkillMeat.Bench.EmptyProgram");

    /// <summary>The manifest of the PowerShell module, in the newest built version.</summary>
    public string Module => Directory.Exists(ModuleFolder) && Directory.EnumerateDirectories(ModuleFolder).MaxBy(Directory.GetLastWriteTimeUtc) is { } newest
        ? Path.Combine(newest, "SkillMeat.psd1")
        : throw new InvalidOperationException("The PowerShell module was not built.");

    private string SkmFolder => Path.Combine(_root, "out", "skm");

    private string ModuleFolder => Path.Combine(_root, "out", "SkillMeat");

    /// <summary>Finds an installed program; returns null if it is not installed.</summary>
    public static string? FindOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
        .FirstOrDefault(File.Exists);

    /// <exception cref="InvalidOperationException">This is not a Release build within the repository.</exception>
    public static Programs Locate()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        if (here.Parent?.Name != "Release")
        {
            throw new InvalidOperationException("Only a Release build is worth measuring: dotnet run -c Release --project bench");
        }

        for (var folder = here; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SkillMeat.PowerShell.sln")))
            {
                return new Programs(folder.FullName, here.Name);
            }
        }

        throw new InvalidOperationException("There is no SkillMeat.PowerShell.sln above this program.");
    }

    /// <summary>Builds the native <c>skm</c>, unless it is up to date.</summary>
    /// <exception cref="InvalidOperationException">It cannot be built, for example without a C compiler.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var dotnet = new ProgramRunner(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", new Dictionary<string, string?>());
        var outcome = await dotnet.RunAsync(["publish", Path.Combine(_root, "src", "SkillMeat.Cli"), "-c", "Release", "-o", SkmFolder, "-v", "q", "--nologo"], cancellationToken);
        if (outcome.ExitCode != 0) throw new InvalidOperationException(outcome.Output.Trim() + outcome.Error.Trim());
    }

    private string Find(string area, string project, string name)
    {
        var path = Path.Combine(_root, area, project, "bin", "Release", _framework, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(path) ? path : throw new InvalidOperationException($"'{Path.GetRelativePath(_root, path)}' was not built.");
    }
}
