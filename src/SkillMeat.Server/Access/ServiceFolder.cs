using System.Buffers.Text;
using System.Diagnostics;
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
    private const long MostBytes = 4096;

    private readonly string _folder;

    /// <param name="home">The full path of the home.</param>
    public ServiceFolder(string home)
    {
        _folder = Path.Combine(home, "service");
    }

    private string TokenFile => Path.Combine(_folder, "token");

    /// <summary>Reads the token, or makes one. One that others could read is replaced.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public ServiceToken FindToken() => Guard(TokenFile, () =>
    {
        CreateFolder();
        if (TryReadToken() is { } known) return known;
        var token = ServiceToken.Create();
        Write(TokenFile, token.Text);
        return token;
    });

    /// <summary>Says that a service runs.</summary>
    /// <exception cref="StorageException">The home cannot be written.</exception>
    public void Enter(RunningServerJson server) => Guard(_folder, () =>
    {
        CreateFolder();
        RemoveDead();
        Write(FileOf(server.ProcessId), ServiceJson.TextOf(server));
        return true;
    });

    /// <summary>Says that the service of this process has ended.</summary>
    public void Leave() => TryDelete(FileOf(Environment.ProcessId));

    private string FileOf(int process) => Path.Combine(_folder, $"{process}{RunningSuffix}");

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
            return;
        }

        Directory.CreateDirectory(_folder, PrivateFolder);
        if (new DirectoryInfo(_folder).LinkTarget is not null) throw new IOException("It is a link. Remove it.");
        File.SetUnixFileMode(_folder, PrivateFolder);
    }

    private ServiceToken? TryReadToken()
    {
        var file = new FileInfo(TokenFile);
        if (!file.Exists || file.LinkTarget is not null || file.Length is 0 or > MostBytes) return null;
        if (!OperatingSystem.IsWindows() && file.UnixFileMode != PrivateFile) return null;
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().Trim();
        return Base64Url.IsValid(text, out var length) && length == ServiceToken.Bytes ? new ServiceToken(text) : null;
    }

    private static void Write(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        TryDelete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = PrivateFile;
        using (var stream = new FileStream(temporary, options)) stream.Write(Encoding.UTF8.GetBytes($"{text}\n"));
        File.Move(temporary, path, overwrite: true);
    }

    private void RemoveDead()
    {
        foreach (var path in Directory.EnumerateFiles(_folder, $"*{RunningSuffix}"))
        {
            if (int.TryParse(Path.GetFileName(path)[..^RunningSuffix.Length], out var process) && !IsAlive(process)) TryDelete(path);
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
