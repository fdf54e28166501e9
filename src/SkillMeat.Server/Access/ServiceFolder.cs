using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Server.Json;

namespace SkillMeat.Server.Access;

/// <summary>
/// The folder <c>service</c> of a home, which only its owner can read: the token, which stays the same so that open pages survive a restart, and a file for each service that runs.
/// </summary>
internal sealed class ServiceFolder
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;
    private const string RunningSuffix = ".running.json";
    private const long MostBytes = 64 << 10;
    private const string SignInPrefix = "open-";
    private const int NameBytes = 8;

    private static readonly TimeSpan _longestLock = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;

    /// <param name="home">The full path of the home.</param>
    public ServiceFolder(string home)
    {
        _folder = Path.Combine(home, "service");
    }

    /// <summary>The path of the file with the token.</summary>
    public string TokenFile => Path.Combine(_folder, "token");

    /// <summary>Reads the token, or makes one. One that others could read is replaced.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public ServiceToken FindToken() => Guard(TokenFile, () =>
    {
        CreateFolder();
        // Two first starts at once have one token.
        using var held = Lock();
        if (TryReadToken() is { } known) return known;
        TryDelete(TokenFile);
        Write(TokenFile, ServiceToken.Create().Text, overwrites: false);
        return TryReadToken() ?? throw new IOException("It was changed meanwhile.");
    });

    /// <summary>Says that a service runs.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public void Enter(RunningServerJson server) => Guard(_folder, () =>
    {
        CreateFolder();
        RemoveDead();
        Write(FileOf(server.ProcessId), ServiceJson.TextOf(server), overwrites: true);
        return true;
    });

    /// <summary>Says that the service of this process has ended.</summary>
    public void Leave() => TryDelete(FileOf(Environment.ProcessId));

    /// <summary>Reads the list of the sessions. Empty if there is none that can be read.</summary>
    public string ReadSessions()
    {
        try
        {
            return TryRead(SessionsFile) ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Writes the list of the sessions.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public void WriteSessions(string text) => Guard(SessionsFile, () =>
    {
        CreateFolder();
        Write(SessionsFile, text, overwrites: true);
        return true;
    });

    /// <summary>Makes a page for the browser that leads to an address. Others can read the command line of a browser, but not this file.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public string CreateSignInFile(string url) => Guard(_folder, () =>
    {
        CreateFolder();
        var path = Path.Combine(_folder, $"{SignInPrefix}{Environment.ProcessId}-{RandomName()}.html");
        var address = System.Net.WebUtility.HtmlEncode(url);
        var head = $"<meta charset=\"utf-8\"><meta name=\"referrer\" content=\"no-referrer\"><meta http-equiv=\"refresh\" content=\"0;url={address}\"><title>SkillMeat</title>";
        Write(path, $"<!doctype html>{head}<p><a href=\"{address}\">Go on</a></p>", overwrites: true);
        return path;
    });

    /// <summary>Removes a page that was made for the browser.</summary>
    public static void RemoveSignInFile(string path) => TryDelete(path);

    private string SessionsFile => Path.Combine(_folder, "sessions");

    private string FileOf(int process) => Path.Combine(_folder, $"{process}{RunningSuffix}");

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            OwnerFolder.Create(_folder);
            return;
        }

        Directory.CreateDirectory(_folder, PrivateFolder);
        if (new DirectoryInfo(_folder).LinkTarget is not null) throw new IOException("It is a link. Remove it.");
        File.SetUnixFileMode(_folder, PrivateFolder);
    }

    private FileStream Lock()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        for (var waited = TimeSpan.Zero; ; waited += _pause)
        {
            try
            {
                return new FileStream(Path.Combine(_folder, "lock"), options);
            }
            catch (IOException) when (waited < _longestLock)
            {
                Thread.Sleep(_pause);
            }
        }
    }

    private ServiceToken? TryReadToken() => TryRead(TokenFile)?.Trim() is { } text && Base64Url.IsValid(text, out var length) && length == ServiceToken.Bytes ? new ServiceToken(text) : null;

    // Null for a file that is not there, or that others could have read or written.
    private static string? TryRead(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null || file.Length is 0 or > MostBytes) return null;
        if (OperatingSystem.IsWindows() ? !OwnerFolder.IsPrivate(file) : file.UnixFileMode != PrivateFile) return null;
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string RandomName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));

    private static void Write(string path, string text, bool overwrites)
    {
        var temporary = $"{path}.{RandomName()}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        using (var stream = new FileStream(temporary, options)) stream.Write(Encoding.UTF8.GetBytes($"{text}\n"));
        try
        {
            File.Move(temporary, path, overwrites);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    private void RemoveDead()
    {
        foreach (var path in Directory.EnumerateFiles(_folder, $"*{RunningSuffix}"))
        {
            if (int.TryParse(Path.GetFileName(path)[..^RunningSuffix.Length], out var process) && !IsAlive(process)) TryDelete(path);
        }

        foreach (var path in Directory.EnumerateFiles(_folder, $"{SignInPrefix}*.html"))
        {
            if (int.TryParse(Path.GetFileName(path)[SignInPrefix.Length..].Split('-')[0], out var process) && !IsAlive(process)) TryDelete(path);
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

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start tries again.
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
