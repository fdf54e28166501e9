using System.Diagnostics;
using System.Text;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>A temporary folder with the real git, without the user's settings.</summary>
public sealed class GitSandbox : IDisposable
{
    public GitSandbox() => Root = Directory.CreateTempSubdirectory("skm-git-").FullName;

    public string Root { get; }

    public string Init(string name, params string[] options)
    {
        var folder = Path.Combine(Root, name);
        Run(Root, ["init", "--quiet", "--initial-branch=main", .. options, folder]);
        return folder;
    }

    public string Write(string repository, string path, ReadOnlySpan<byte> content)
    {
        var file = Path.Combine(Root, repository, path.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using var stream = File.Create(file);
        stream.Write(content);
        return file;
    }

    public string Write(string repository, string path, string content) => Write(repository, path, Encoding.UTF8.GetBytes(content));

    public string CommitAll(string repository, string message)
    {
        Run(repository, "add", "--all", "--force");
        Run(repository, "commit", "--quiet", "--allow-empty", "-m", message);
        return Text(repository, "rev-parse", "HEAD");
    }

    public string Text(string repository, params string[] arguments) => Encoding.UTF8.GetString(Run(repository, arguments)).Trim();

    public string[] Lines(string repository, params string[] arguments) =>
        Text(repository, arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public byte[] Run(string folder, params string[] arguments) => RunWithInput(folder, _ => { }, arguments);

    public byte[] RunWithInput(string folder, Action<Stream> write, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(Path.Combine(Root, folder), arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        write(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        copied.GetAwaiter().GetResult();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors.GetAwaiter().GetResult()}");
    }

    public static ProcessStartInfo StartInfo(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        foreach (var role in (string[])["AUTHOR", "COMMITTER"])
        {
            start.Environment[$"GIT_{role}_NAME"] = "Test";
            start.Environment[$"GIT_{role}_EMAIL"] = "test@example.invalid";
            start.Environment[$"GIT_{role}_DATE"] = "2026-01-02T03:04:05Z";
        }

        return start;
    }

    public void Dispose()
    {
        // Git's object files are read-only, which Windows does not delete.
        foreach (var file in Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(Root, recursive: true);
    }
}
