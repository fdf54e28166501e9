using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Objects.Trees;
using SkillMeat.Tests.Upstream.Git;

namespace SkillMeat.Tests.Merging;

/// <summary>Compares merges of trees with those of <c>git merge-tree</c>, for trees without renames.</summary>
internal sealed class GitMergeTree : IDisposable
{
    private readonly GitSandbox _sandbox = new();
    private readonly string _repository;

    public GitMergeTree(IReadOnlyList<(SampleTree Base, SampleTree Local, SampleTree Upstream)> triples)
    {
        _repository = _sandbox.Init("trees");
        _sandbox.RunWithInput(_repository, stream =>
        {
            for (var number = 0; number < triples.Count; number++)
            {
                WriteCommit(stream, $"base{number}", null, triples[number].Base);
                WriteCommit(stream, $"local{number}", $"base{number}", triples[number].Local);
                WriteCommit(stream, $"upstream{number}", $"base{number}", triples[number].Upstream);
            }
        }, "fast-import", "--quiet");
    }

    /// <summary>The paths that conflict, as git names them, and its tree: mode, blob and path of each file.</summary>
    public (string[] Conflicts, string[] Files) Merge(int number)
    {
        var lines = Run("-c", "merge.renames=false", "merge-tree", "--write-tree", "--name-only", "--no-messages", $"local{number}", $"upstream{number}");
        return (lines[1..], Run("ls-tree", "-r", "--format=%(objectmode) %(objectname) %(path)", lines[0]));
    }

    /// <summary>Describes a tree in the form in which <see cref="Merge"/> returns git's.</summary>
    public static IEnumerable<string> Describe(SampleTree tree) => tree.Paths.Select(path => $"{Mode(tree.Kind(path))} {BlobId(tree.Bytes(path))} {path}");

    public void Dispose() => _sandbox.Dispose();

    // Many run at once, so none may wait for another thread of the pool as the sandbox does.
    private string[] Run(params string[] arguments)
    {
        using var process = Process.Start(GitSandbox.StartInfo(_repository, arguments))!;
        process.StandardInput.Close();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode <= 1 ? lines : throw new InvalidOperationException(process.StandardError.ReadToEnd());
    }

    private static void WriteCommit(Stream stream, string branch, string? parent, SampleTree tree)
    {
        Write(stream, $"commit refs/heads/{branch}\ncommitter Test <test@example.invalid> 0 +0000\ndata 0\n");
        if (parent is not null) Write(stream, $"from refs/heads/{parent}\n");
        Write(stream, "deleteall\n");
        foreach (var path in tree.Paths)
        {
            Write(stream, $"M {Mode(tree.Kind(path))} inline {path}\ndata {tree.Bytes(path).Length.ToString(CultureInfo.InvariantCulture)}\n");
            stream.Write(tree.Bytes(path));
            Write(stream, "\n");
        }
    }

    private static void Write(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string Mode(TreeEntryKind kind) => kind switch { TreeEntryKind.Link => "120000", TreeEntryKind.Executable => "100755", _ => "100644" };

#pragma warning disable CA5350 // Git names blobs by SHA-1.
    private static string BlobId(byte[] content) =>
        Convert.ToHexString(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content])).ToLowerInvariant();
#pragma warning restore CA5350
}
