using System.Globalization;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Serving;

/// <summary>The servers of a home that run on this machine.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class HomeServers
{
    private const string TokenName = "token";
    private const string StartLock = "start.lock";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(25);

    private readonly string _home;
    private readonly TimeProvider _time;

    /// <summary>Names a home, which need not exist.</summary>
    /// <param name="home">The full path of the home.</param>
    /// <param name="time">The clock.</param>
    public HomeServers(string home, TimeProvider time)
    {
        _home = home;
        _time = time;
        Folder = FolderOf(home);
    }

    /// <summary>The folder of the home in which servers keep their files.</summary>
    public PrivateFolder Folder { get; }

    /// <summary>The full path of the file with the token.</summary>
    public string TokenFile => Folder.PathOf(TokenName);

    /// <summary>Reads the token. Null if there is none, or if others could have read it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public string? TryReadToken() => Folder.TryRead(TokenName)?.Trim();

    /// <summary>Says that a server of this process runs. The folder must exist.</summary>
    /// <param name="url">Its address, without the token.</param>
    /// <param name="startedAt">The time at which it started.</param>
    /// <param name="version">The version of the program.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    public void Enter(Uri url, DateTimeOffset startedAt, string version)
    {
        var process = RunningProcess.Current();
        _ = Read(removesEnded: true);
        Folder.Write(RunningFile.NameOf(process.Id), RunningFile.Format(url, startedAt, version, process), overwrites: true);
    }

    /// <summary>Says that the server of this process has ended.</summary>
    public void Leave() => Folder.TryDelete(RunningFile.NameOf(Environment.ProcessId));

    /// <summary>Lists the servers that run, the oldest first. What a server that was killed left is not listed.</summary>
    /// <param name="removesEnded">Whether to remove what such a server left.</param>
    /// <exception cref="StorageException">The home cannot be read.</exception>
    public IReadOnlyList<RunningServer> List(bool removesEnded) => StorageGuard.Run("read", Folder.Path, () => Read(removesEnded));

    /// <summary>Returns the server that makes a start unnecessary: the oldest one, or the one at the port that is asked for. Null if there is none.</summary>
    /// <param name="running">The servers that run.</param>
    /// <param name="port">The port; 0 or null for any.</param>
    public static RunningServer? Choose(IReadOnlyList<RunningServer> running, int? port) => running.FirstOrDefault(server => port is null or 0 || server.Port == port);

    /// <summary>Starts a server as a process of its own, which goes on when this process ends. If one runs that will do, returns that one.</summary>
    /// <param name="start">The program and its options.</param>
    /// <param name="cancellationToken">Ends the program that was started.</param>
    /// <returns>The server, and whether it was started now.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ServerFailed"/>: the program ended, or was not ready in time. <see cref="ErrorIds.StorageFailed"/>: the home cannot be read.</exception>
    public async Task<(RunningServer Server, bool IsNew)> StartAsync(ServerStart start, CancellationToken cancellationToken)
    {
        // Two starts at once are one server. In a home that is not there, nobody can wait.
        using var held = Directory.Exists(_home) ? await LockAsync(start.Timeout, cancellationToken).ConfigureAwait(false) : null;
        var known = List(removesEnded: true);
        if (Choose(known, start.Port) is { } running) return (running, false);
        using var process = ServerProcess.Start(start, _home);
        try
        {
            var began = _time.GetTimestamp();
            while (true)
            {
                // A program that stands in for another one has another id.
                var hasEnded = process.HasEnded;
                if (Choose([.. List(removesEnded: false).Where(one => one.ProcessId == process.Id || known.All(other => other.Process != one.Process))], start.Port) is { } started) return (started, true);
                if (hasEnded) throw process.Failure();
                if (_time.GetElapsedTime(began) >= start.Timeout)
                {
                    throw new SkillMeatException(ErrorIds.ServerFailed, string.Create(CultureInfo.InvariantCulture, $"'{start.Program}' was not ready within {start.Timeout.TotalSeconds} seconds, and was ended."));
                }

                await Task.Delay(_pause, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            process.End();
            throw;
        }
    }

    /// <summary>Holds off starts of servers by other programs until the result is disposed: they wait for the server of this process instead of starting a second one. The folder is made.</summary>
    /// <param name="longest">The longest wait for another start.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>What holds them off, or null if another start has taken longer than that.</returns>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public async Task<IDisposable?> HoldStartsAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            return await LockAsync(longest, cancellationToken).ConfigureAwait(false);
        }
        catch (SkillMeatException e) when (e.ErrorId == ErrorIds.LockTimeout)
        {
            return null;
        }
    }

    /// <summary>Asks a server to end, and waits for its end: running jobs take back what they began.</summary>
    /// <param name="server">The server.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the wait. The server may end all the same.</param>
    /// <returns>Whether it ran until now.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ServerFailed"/>: it cannot be asked, or did not end in time.</exception>
    public async Task<bool> StopAsync(RunningServer server, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var ran = !server.Process.HasEnded();
        if (ran) await AskToEndAsync(server, cancellationToken).ConfigureAwait(false);
        var began = _time.GetTimestamp();
        while (!server.Process.HasEnded())
        {
            if (_time.GetElapsedTime(began) >= timeout)
            {
                throw new SkillMeatException(ErrorIds.ServerFailed, string.Create(CultureInfo.InvariantCulture,
                    $"The server at {server.Url} (process {server.ProcessId}) did not end within {timeout.TotalSeconds} seconds. Wait longer, or end the process: the next start finishes or takes back what it changed."));
            }

            await Task.Delay(_pause, _time, cancellationToken).ConfigureAwait(false);
        }

        // A server that was killed leaves its file.
        _ = List(removesEnded: true);
        return ran;
    }

    /// <summary>Makes a page that signs the browser of this machine in once, within a minute.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The full path of the page.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ServerFailed"/>: the server does not answer.</exception>
    public async Task<string> CreateSignInPageAsync(RunningServer server, CancellationToken cancellationToken)
    {
        using var control = new ServerControl(server, FindToken(_home), _time);
        return await control.CreateSignInPageAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task AskToEndAsync(RunningServer server, CancellationToken cancellationToken)
    {
        try
        {
            using var control = new ServerControl(server, FindToken(_home), _time);
            await control.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkillMeatException) when (server.Process.HasEnded())
        {
        }
        catch (SkillMeatException e) when (!OperatingSystem.IsWindows())
        {
            // It may be too busy to answer, have a certificate that this machine does not know, or keep its token from this user.
            try
            {
                Posix.Terminate(server.ProcessId);
            }
            catch (IOException refusal)
            {
                if (!server.Process.HasEnded()) throw new SkillMeatException(ErrorIds.ServerFailed, $"{e.Message} Neither can its process be ended: {refusal.Message}.", refusal);
            }
        }
    }

    private async Task<FileStream> LockAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        try
        {
            Folder.Create();
            return await Folder.LockAsync(StartLock, longest, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (StorageErrors.IsInUse(e))
        {
            throw new SkillMeatException(ErrorIds.LockTimeout, string.Create(CultureInfo.InvariantCulture, $"Another process has been starting a server of '{_home}' for longer than {longest.TotalSeconds} seconds. Try again."), e);
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "write", Folder.Path);
        }
    }

    private List<RunningServer> Read(bool removesEnded)
    {
        var found = new List<RunningServer>();
        foreach (var name in Folder.Find(RunningFile.Pattern))
        {
            if (Folder.TryRead(name) is not { } text || RunningFile.TryParse(text, _home) is not { } server || name != RunningFile.NameOf(server.ProcessId)) continue;
            if (server.Process.IsHere && !server.Process.HasEnded()) found.Add(server);
            else if (removesEnded && (server.Process.IsBeforeBoot || server.Process.HasEnded())) Folder.TryDelete(name);
        }

        return [.. found.OrderBy(server => server.StartedAt).ThenBy(server => server.ProcessId)];
    }

    /// <summary>Reads the token of a home. Null if this user cannot read it.</summary>
    internal static string? FindToken(string home)
    {
        try
        {
            return FolderOf(home).TryRead(TokenName)?.Trim();
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            return null;
        }
    }

    private static PrivateFolder FolderOf(string home) => new(Path.Combine(home, "service"));
}
