using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A running <c>git fast-import</c>: hundreds of commits a second where <c>git commit</c> makes a few.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FastImport : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private int _marks;
    private int _checkpoints;
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);
    private GitFailedException? _failure;

    public FastImport(string gitDirectory)
    {
        _process = Process.Start(GitProcess.Prepare(gitDirectory, ["fast-import", "--quiet", "--force", "--date-format=raw"]))
            ?? throw new GitFailedException("git fast-import could not be started.");
        _input = new BufferedStream(_process.StandardInput.BaseStream, 1 << 16);
    }

    /// <summary>Makes a commit on top of <paramref name="parent"/>, or on top of the last commit that this process made on the branch if that is null.</summary>
    public string Commit(string reference, string? parent, string? mergedFrom, string signature, string message, IEnumerable<GitChange> changes)
    {
        var mark = ++_marks;
        Line($"commit {reference}");
        Line($"mark :{mark}");
        Line($"author {signature}");
        Line($"committer {signature}");
        Data(Encoding.UTF8.GetBytes(message));
        if (parent is not null)
        {
            Line($"from {Name(parent)}");
        }

        if (mergedFrom is not null)
        {
            Line($"merge {Name(mergedFrom)}");
        }

        foreach (var change in changes)
        {
            Line(change.Command);
            if (change.Content is not null)
            {
                Data(change.Content);
            }
        }

        Line("");
        return IdOf(mark);
    }

    /// <summary>Makes an annotated tag object and its ref; the target may be any object.</summary>
    public string Tag(string name, string target, string signature, string message)
    {
        var mark = ++_marks;
        Line($"tag {name}");
        Line($"mark :{mark}");
        Line($"from {Name(target)}");
        Line($"tagger {signature}");
        Data(Encoding.UTF8.GetBytes(message));
        return IdOf(mark);
    }

    /// <summary>Points a ref at a commit; forty zeros delete it.</summary>
    public void Reset(string reference, string commit)
    {
        Line($"reset {reference}");
        Line($"from {Name(commit)}");
        Line("");
    }

    /// <summary>Writes all objects and refs to the repository and waits for the end of it.</summary>
    public void Checkpoint()
    {
        var number = (++_checkpoints).ToString(CultureInfo.InvariantCulture);
        Line("checkpoint");
        Line("");
        Line("progress " + number);
        Flush();
        Expect("progress " + number);
    }

    public void Dispose()
    {
        if (_failure is null)
        {
            Flush();
            _process.StandardInput.Close();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string IdOf(int mark)
    {
        Line($"get-mark :{mark}");
        Flush();
        var id = ReadLine();
        _made[id] = $":{mark}";
        return id;
    }

    // An object that is not yet written can be found only by its mark, not by its id.
    private string Name(string revision) => _made.GetValueOrDefault(revision, revision);

    private void Expect(string expected)
    {
        var line = ReadLine();
        if (line != expected)
        {
            throw new GitFailedException($"git fast-import answered '{line}' instead of '{expected}'.");
        }
    }

    private string ReadLine() => _process.StandardOutput.ReadLine() ?? throw Failed();

    private void Flush() => Write(_input.Flush);

    // git ends at the first command that it refuses; its own message replaces the error of the broken pipe.
    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            throw Failed();
        }
    }

    private GitFailedException Failed()
    {
        return _failure ??= new GitFailedException("git fast-import ended: " + _process.StandardError.ReadToEnd().Trim());
    }

    private void Line(string text)
    {
        byte[] line = [.. Encoding.UTF8.GetBytes(text), (byte)'\n'];
        Write(() => _input.Write(line));
    }

    private void Data(byte[] content)
    {
        Line($"data {content.Length}");
        Write(() =>
        {
            _input.Write(content);
            _input.WriteByte((byte)'\n');
        });
    }
}
