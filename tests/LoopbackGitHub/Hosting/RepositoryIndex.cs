namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Finds repositories by name, including former names, or by id.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RepositoryIndex : IDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<RepositoryName, HostedRepository> _current = [];
    private readonly Dictionary<RepositoryName, HostedRepository> _former = [];
    private readonly List<HostedRepository> _removed = [];
    private long _lastId = 1000;

    public void Add(RepositoryName name, string directory, RepositoryFacts facts, string systemConfig)
    {
        lock (_gate)
        {
            var repository = new HostedRepository(++_lastId, name, directory, facts, systemConfig);
            if (!_current.TryAdd(name, repository))
            {
                repository.Dispose();
                throw new ArgumentException($"There already is a repository {name}.", nameof(name));
            }

            // A new repository takes over the name; the renamed one is no longer found under it.
            _former.Remove(name);
        }
    }

    public void Rename(RepositoryName from, RepositoryName to)
    {
        lock (_gate)
        {
            var repository = Get(from);
            if (from != to && _current.ContainsKey(to))
            {
                throw new ArgumentException($"There already is a repository {to}.", nameof(to));
            }

            _current.Remove(from);
            repository.Name = to;
            _current[to] = repository;
            _former[from] = repository;
            _former.Remove(to);
        }
    }

    public void Remove(RepositoryName name)
    {
        lock (_gate)
        {
            var repository = Get(name);
            _current.Remove(name);
            foreach (var former in _former.Where(pair => pair.Value == repository).Select(pair => pair.Key).ToList())
            {
                _former.Remove(former);
            }

            // Running requests may still need it.
            _removed.Add(repository);
        }
    }

    public void SetFacts(RepositoryName name, RepositoryFacts facts)
    {
        lock (_gate)
        {
            Get(name).Facts = facts;
        }
    }

    /// <summary>Finds the repository of a name; <paramref name="moved"/> is true if it has another name now.</summary>
    public HostedRepository? Find(RepositoryName name, out bool moved)
    {
        lock (_gate)
        {
            moved = !_current.TryGetValue(name, out var repository) && _former.TryGetValue(name, out repository);
            return repository;
        }
    }

    public HostedRepository? Find(long id)
    {
        lock (_gate)
        {
            return _current.Values.FirstOrDefault(repository => repository.Id == id);
        }
    }

    public IReadOnlyList<HostedRepository> All()
    {
        lock (_gate)
        {
            return [.. _current.Values];
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var repository in _current.Values.Concat(_removed))
            {
                repository.Dispose();
            }
        }
    }

    private HostedRepository Get(RepositoryName name) =>
        _current.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no repository {name}.", nameof(name));
}
