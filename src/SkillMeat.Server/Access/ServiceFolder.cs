using System.Buffers.Text;
using System.Diagnostics;
using SkillMeat.Errors;
using SkillMeat.Serving;

namespace SkillMeat.Server.Access;

/// <summary>
/// The folder <c>service</c> of a home, which only its owner can read: the token, which stays the same so that open pages survive a restart, and a file for each service that runs.
/// </summary>
internal sealed class ServiceFolder
{
    private const string SignInPrefix = "open-";
    private const string SessionsName = "sessions";
    private const string LogName = "serve.log";
    private const long MostLogBytes = 1 << 20;

    private const string LockName = "lock";

    private static readonly TimeSpan _longestLock = TimeSpan.FromSeconds(5);

    private readonly HomeServers _servers;
    private readonly PrivateFolder _files;
    private readonly TimeProvider _time;
    private bool _hasEntered;

    /// <param name="home">The full path of the home.</param>
    /// <param name="time">The clock.</param>
    public ServiceFolder(string home, TimeProvider time)
    {
        _servers = new HomeServers(home, time);
        _files = _servers.Folder;
        _time = time;
    }

    /// <summary>The path of the file with the token.</summary>
    public string TokenFile => _servers.TokenFile;

    /// <summary>Reads the token, or makes one. One that others could read is replaced.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public ServiceToken FindToken() => Guard(TokenFile, () =>
    {
        _files.Create();
        // Two first starts at once have one token.
        using var held = _files.Lock(LockName, _longestLock, _time);
        if (TryReadToken() is { } known) return known;
        _files.TryDelete(TokenFile);
        _files.Write(Path.GetFileName(TokenFile), ServiceToken.Create().Text, overwrites: false);
        return TryReadToken() ?? throw new IOException("It was changed meanwhile.");
    });

    /// <summary>Lets programs that want to start a service wait for this one. What holds them off ends when the result is disposed; it is null if another start takes too long.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public Task<IDisposable?> HoldStartsAsync(CancellationToken cancellationToken) => _servers.HoldStartsAsync(_longestLock, cancellationToken);

    /// <summary>Says that a service runs.</summary>
    /// <param name="url">Its address, without the token.</param>
    /// <param name="startedAt">The time at which it started.</param>
    /// <param name="version">The version of the program.</param>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public void Enter(Uri url, DateTimeOffset startedAt, string version) => Enter(url, startedAt, version, () => null);

    /// <summary>Says that a service runs, unless another one runs that will do as well.</summary>
    /// <param name="url">Its address, without the token.</param>
    /// <param name="startedAt">The time at which it started.</param>
    /// <param name="version">The version of the program.</param>
    /// <param name="port">The port that was asked for; 0 or null for any.</param>
    /// <returns>The other one, or null.</returns>
    /// <exception cref="StorageException">The home cannot be read or written.</exception>
    public RunningServer? EnterAlone(Uri url, DateTimeOffset startedAt, string version, int? port) => Enter(url, startedAt, version, () => HomeServers.Choose(_servers.List(removesEnded: false), port));

    /// <summary>Says that the service of this process has ended.</summary>
    public void Leave()
    {
        if (_hasEntered) _servers.Leave();
    }

    /// <summary>Opens the file with the log of services that nobody watches.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public TextWriter OpenLog() => Guard(_files.PathOf(LogName), () =>
    {
        _files.Create();
        return TextWriter.Synchronized(new StreamWriter(_files.Append(LogName, MostLogBytes)));
    });

    /// <summary>Reads the list of the sessions. Empty if there is none that can be read.</summary>
    public string ReadSessions()
    {
        try
        {
            return _files.TryRead(SessionsName) ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Writes the list of the sessions.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public void WriteSessions(string text) => Guard(_files.PathOf(SessionsName), () =>
    {
        _files.Create();
        _files.Write(SessionsName, text, overwrites: true);
        return true;
    });

    /// <summary>Makes a page for the browser that leads to an address. Others can read the command line of a browser, but not this file.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public string CreateSignInFile(string url) => Guard(_files.Path, () =>
    {
        _files.Create();
        var name = $"{SignInPrefix}{Environment.ProcessId}-{PrivateFolder.RandomName()}.html";
        var address = System.Net.WebUtility.HtmlEncode(url);
        var head = $"<meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0;url={address}\"><title>SkillMeat</title>";
        _files.Write(name, $"<!doctype html>{head}<p><a href=\"{address}\">Go on</a></p>", overwrites: true);
        return _files.PathOf(name);
    });

    /// <summary>Removes a page that was made for the browser.</summary>
    public void RemoveSignInFile(string path) => _files.TryDelete(path);

    private ServiceToken? TryReadToken() => _servers.TryReadToken() is { } text && Base64Url.IsValid(text, out var length) && length == ServiceToken.Bytes ? new ServiceToken(text) : null;

    private RunningServer? Enter(Uri url, DateTimeOffset startedAt, string version, Func<RunningServer?> findOther) => Guard(_files.Path, () =>
    {
        _files.Create();
        RemoveDeadPages();
        using var held = _files.Lock(LockName, _longestLock, _time);
        if (findOther() is { } other) return other;
        _servers.Enter(url, startedAt, version);
        _hasEntered = true;
        return null;
    });

    private void RemoveDeadPages()
    {
        foreach (var name in _files.Find($"{SignInPrefix}*.html"))
        {
            if (int.TryParse(name[SignInPrefix.Length..].Split('-')[0], out var process) && !IsAlive(process)) _files.TryDelete(name);
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(ErrorIds.StorageFailed, path, $"Cannot keep the token of the service in '{path}': {e.Message}", e);
        }
    }
}
