namespace SkillMeat.Upstream.Contents;

/// <summary>Finds the files below a folder of a listing, so that many links into one folder do not search all of its files.</summary>
internal sealed class GitFileIndex
{
    private readonly IReadOnlyList<GitFile> _files;
    private readonly Dictionary<(int Folder, string Name), int> _nodes = [];
    private readonly List<(int First, int Last)> _ranges = [];

    /// <param name="files">The files. Those of one folder follow each other.</param>
    public GitFileIndex(IReadOnlyList<GitFile> files)
    {
        _files = files;
        _ranges.Add((0, files.Count - 1));
        for (var i = 0; i < files.Count; i++)
        {
            var node = 0;
            foreach (var name in files[i].Below)
            {
                var folder = node;
                if (_nodes.TryGetValue((folder, name), out node))
                {
                    _ranges[node] = (_ranges[node].First, i);
                    continue;
                }

                _nodes.Add((folder, name), node = _ranges.Count);
                _ranges.Add((i, i));
            }
        }
    }

    /// <summary>Returns the file or link in place of a folder above a path; null if there is none.</summary>
    public GitFile? FindAbove(string[] path)
    {
        var node = 0;
        for (var length = 1; length < path.Length; length++)
        {
            if (!_nodes.TryGetValue((node, path[length - 1]), out node)) return null;
            if (_files[_ranges[node].First] is var file && file.Below.Length == length) return file;
        }

        return null;
    }

    /// <summary>Returns the files at and below a path, with their paths below it.</summary>
    public List<GitFile> FindIn(string[] path)
    {
        var node = 0;
        foreach (var name in path)
        {
            if (!_nodes.TryGetValue((node, name), out node)) return [];
        }

        var found = new List<GitFile>();
        for (var i = _ranges[node].First; i <= _ranges[node].Last; i++)
        {
            var file = _files[i];
            if (file.Below.AsSpan().StartsWith(path)) found.Add(file with { Below = file.Below[path.Length..] });
        }

        return found;
    }
}
