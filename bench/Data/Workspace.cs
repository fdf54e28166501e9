using System.Globalization;
using SkillMeat.Bench.Processes;

namespace SkillMeat.Bench.Data;

/// <summary>A temporary folder with the data of the benchmarks, which is deleted at the end.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly Programs _programs;
    private readonly TextWriter _progress;
    private readonly Dictionary<int, DataSet> _dataSets = [];
    private readonly Dictionary<(int Artifacts, int Delay), GitHubServer> _servers = [];
    private int _homes;

    public Workspace(Programs programs, TextWriter progress)
    {
        _programs = programs;
        _progress = progress;
        Folder = Directory.CreateTempSubdirectory("skillmeat-bench-").FullName;
    }

    public string Folder { get; }

    /// <summary>Returns the path of a folder that does not exist yet.</summary>
    public string NewHomePath() => Path.Combine(Folder, $"home-{(++_homes).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Returns the data of a number of artifacts in 50 repositories; generated at the first call.</summary>
    public async Task<DataSet> DataAsync(int artifacts, CancellationToken cancellationToken)
    {
        if (!_dataSets.TryGetValue(artifacts, out var data))
        {
            await _progress.WriteLineAsync($"  generating {artifacts.ToString(CultureInfo.InvariantCulture)} artifacts of 50 repositories…");
            var folder = Path.Combine(Folder, $"data-{artifacts.ToString(CultureInfo.InvariantCulture)}");
            var generator = new ProgramRunner(_programs.LoopbackGitHub, new Dictionary<string, string?>());
            var outcome = await generator.RunAsync(
                ["generate", "--out", folder, "--repos", Math.Min(50, artifacts).ToString(CultureInfo.InvariantCulture), "--artifacts", artifacts.ToString(CultureInfo.InvariantCulture), "--server-url", DataSet.ServerPlaceholder],
                cancellationToken);
            _dataSets[artifacts] = data = outcome.ExitCode == 0 ? DataSet.Read(folder) : throw new InvalidOperationException(outcome.Error.Trim());
        }

        return data;
    }

    /// <summary>Returns a server of that data; started at the first call.</summary>
    public async Task<GitHubServer> ServerAsync(int artifacts, int delayMilliseconds, CancellationToken cancellationToken)
    {
        var data = await DataAsync(artifacts, cancellationToken);
        if (!_servers.TryGetValue((artifacts, delayMilliseconds), out var server))
        {
            server = await GitHubServer.StartAsync(_programs.LoopbackGitHub, data.Repositories, delayMilliseconds, cancellationToken);
            _servers.Add((artifacts, delayMilliseconds), server);
        }

        return server;
    }

    public void Dispose()
    {
        foreach (var server in _servers.Values)
        {
            server.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
