# The functions that the tests share: homes, a GitHub on this machine, other processes. Verbs that would need -WhatIf are avoided; everything happens in the folder of the test.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$repository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))

# A token, a home or a GitHub in the caller's environment must not affect the tests.
$foreignVariables = 'SKILLMEAT_HOME', 'SKILLMEAT_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_SERVER_URL', 'GITHUB_API_URL', 'GITHUB_GRAPHQL_URL'

function Find-SkillMeat {
    <#
    .SYNOPSIS
        Finds the manifest of the module under test: in the folder SKILLMEAT_MODULE, else in the newest build.
    #>
    [OutputType([string])]
    param()

    $folder = $env:SKILLMEAT_MODULE
    if (-not $folder) {
        $built = @(Get-ChildItem -Path (Join-Path $repository 'out/SkillMeat/*/SkillMeat.psd1') -ErrorAction Ignore)
        if ($built.Count -eq 0) {
            throw "There is no module in $repository/out/SkillMeat. ./build.ps1 makes one; SKILLMEAT_MODULE names another."
        }

        $folder = ($built | Sort-Object -Property { [version] $_.Directory.Name } | Select-Object -Last 1).DirectoryName
    }

    (Resolve-Path -LiteralPath (Join-Path $folder 'SkillMeat.psd1')).ProviderPath
}

function Import-SkillMeat {
    <#
    .SYNOPSIS
        Imports the module, once for all tests, into an environment without a home, a token or a GitHub.
    #>
    param()

    Remove-Item -Path ($foreignVariables | ForEach-Object { "Env:$_" }) -ErrorAction Ignore
    if (-not (Get-Module -Name SkillMeat)) {
        Import-Module -Name (Find-SkillMeat) -Global
    }
}

function Find-TestProgram {
    <#
    .SYNOPSIS
        Finds the newest build of a test program, such as LoopbackGitHub; returns nothing if it was not built.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Name)

    Get-ChildItem -Path (Join-Path $repository "tests/$Name/bin/*/net10.0/*$Name.dll") -ErrorAction Ignore |
        Sort-Object -Property LastWriteTimeUtc |
        Select-Object -Last 1 -ExpandProperty FullName
}

function Find-Skm {
    <#
    .SYNOPSIS
        Finds the program skm: the one that SKILLMEAT_SKM names, else the newest build.
    #>
    [OutputType([string])]
    param()

    if ($env:SKILLMEAT_SKM) {
        return $env:SKILLMEAT_SKM
    }

    $built = Get-ChildItem -Path (Join-Path $repository 'src/SkillMeat.Cli/bin/*/net*/skm') -ErrorAction Ignore | Sort-Object -Property LastWriteTimeUtc | Select-Object -Last 1
    if (-not $built) {
        throw 'skm was not built.'
    }

    $built.FullName
}

function Copy-SampleHome {
    <#
    .SYNOPSIS
        Copies the sample home and its upstream into a folder.
    .OUTPUTS
        The home's path; the upstream is beside it.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path)

    $null = [System.IO.Directory]::CreateDirectory($Path)
    foreach ($part in 'home', 'upstream') {
        Copy-Item -LiteralPath (Join-Path $repository "samples/$part") -Destination $Path -Recurse
    }

    Join-Path $Path 'home'
}

function Get-HomeState {
    <#
    .SYNOPSIS
        Returns every folder and the hash of every file below a folder as one text, which is equal if no byte differs.
    .PARAMETER WithoutLocks
        Leaves out the last holders of locks, because a command writes these even if it then changes nothing.
    .PARAMETER WithoutDatabase
        Leaves out the database of the cache, which questions fill.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Path, [switch] $WithoutLocks, [switch] $WithoutDatabase)

    $lines = foreach ($item in Get-ChildItem -LiteralPath $Path -Recurse -Force | Sort-Object -Property FullName) {
        $name = [System.IO.Path]::GetRelativePath($Path, $item.FullName)
        $isDatabase = $name -match '^cache($|[/\\]skillmeat-engine\.db)'
        if (-not ($WithoutLocks -and $name -match '^locks\b') -and -not ($WithoutDatabase -and $isDatabase)) {
            $hash = $item -is [System.IO.FileInfo] ? (Get-FileHash -LiteralPath $item.FullName).Hash : 'folder'
            "$name $hash"
        }
    }

    $lines -join "`n"
}

function Initialize-GitHubHome {
    <#
    .SYNOPSIS
        Makes a git repository with skills, github/octo/skills, and a home whose artifacts were fetched at its first commit.
    .DESCRIPTION
        A second commit changes the first skills. Artifacts named absent-... are in a repository that does not exist;
        note-local has no upstream.
    .OUTPUTS
        Home, Repositories (the folder to serve), OldCommit, NewCommit.
    #>
    param(
        [Parameter(Mandatory)] [string] $Path,
        [int] $Count = 4,
        [int] $Changed = 2,
        [int] $Absent = 0,
        [switch] $WithLocal
    )

    $work = Join-Path $Path 'github/octo/skills'
    $collection = Join-Path $Path 'home/collections/default'
    $null = [System.IO.Directory]::CreateDirectory($work)
    $names = @(1..$Count | ForEach-Object { 'skill-{0:000}' -f $_ })
    foreach ($name in $names) {
        $text = "---`nname: $name`ndescription: What $name does.`ntags: [first]`n---`n`nDo it.`n"
        Write-Text -Path (Join-Path $work "skills/$name/SKILL.md") -Text $text
        Write-Text -Path (Join-Path $collection "skills/$name/SKILL.md") -Text $text
    }

    Invoke-Git -Folder $work -Arguments 'init', '--quiet', '--initial-branch=main'
    $old = Add-Commit -Folder $work
    foreach ($name in $names | Select-Object -First $Changed) {
        Write-Text -Path (Join-Path $work "skills/$name/SKILL.md") -Text "---`nname: $name`ndescription: What $name does now.`ntags: [first, second]`n---`n`nDo it better.`n"
    }

    $new = Add-Commit -Folder $work
    Write-Text -Path (Join-Path $Path 'home/config.toml') -Text "[settings]`ndefault-collection = `"default`"`n"
    $time = [System.DateTime]::UtcNow.AddDays(-3.5).ToString('yyyy-MM-ddTHH:mm:ss', [cultureinfo]::InvariantCulture)
    $manifest = "[collection]`nname = `"default`"`nversion = `"1.0.0`"`ncreated = `"$time`"`nupdated = `"$time`"`n"
    $locks = "[lock]`nversion = `"1.0.0`"`n"
    foreach ($name in $names) {
        $source = "octo/skills/skills/$name"
        $manifest += Format-Artifact -Name $name -Time $time -Upstream $source -Commit $old
        $locks += Format-LockEntry -Name $name -Time $time -Upstream $source -Commit $old -File (Join-Path $collection "skills/$name/SKILL.md")
    }

    foreach ($name in @('absent-001', 'absent-002', 'absent-003') | Select-Object -First $Absent) {
        $manifest += Format-Artifact -Name $name -Time $time -Upstream "octo/nowhere/skills/$name" -Commit $old
    }

    if ($WithLocal) {
        $manifest += Format-Artifact -Name 'note-local' -Time $time
    }

    Write-Text -Path (Join-Path $collection 'collection.toml') -Text $manifest
    Write-Text -Path (Join-Path $collection 'collection.lock') -Text $locks
    [pscustomobject]@{ Home = Join-Path $Path 'home'; Repositories = Join-Path $Path 'github'; OldCommit = $old; NewCommit = $new }
}

function Write-Text {
    <#
    .SYNOPSIS
        Writes a text unchanged to a file, and creates its parent folders.
    #>
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    [System.IO.File]::WriteAllText($Path, $Text)
}

function Format-Artifact {
    param([string] $Name, [string] $Time, [string] $Upstream, [string] $Commit)

    "`n[[artifacts]]`nname = `"$Name`"`ntype = `"skill`"`npath = `"skills/$Name`"`norigin = `"$($Upstream ? 'github' : 'local')`"`nadded = `"$Time`"`n"
    if ($Upstream) {
        "upstream = `"$Upstream`"`nversion_spec = `"latest`"`nresolved_sha = `"$Commit`"`nlast_updated = `"$Time`"`n"
    }

    "tags = [`"first`"]`n`n[artifacts.metadata]`ndescription = `"What $Name does.`"`n"
}

function Format-LockEntry {
    param([string] $Name, [string] $Time, [string] $Upstream, [string] $Commit, [string] $File)

    # Python SkillMeat's hash of a folder: each path and content, one after the other.
    $content = [System.Text.Encoding]::UTF8.GetBytes('SKILL.md') + [System.IO.File]::ReadAllBytes($File)
    $hash = [System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($content)).ToLowerInvariant()
    "`n[lock.entries.`"$Name`::skill`"]`ncontent_hash = `"$hash`"`nfetched = `"$Time`"`nupstream = `"$Upstream`"`nresolved_sha = `"$Commit`"`n"
}

function Invoke-Git {
    param([string] $Folder, [string[]] $Arguments)

    & git -C $Folder -c user.name=Octo -c user.email=octo@example.org -c commit.gpgsign=false -c core.autocrlf=false @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'git $Arguments' ended with exit code $LASTEXITCODE."
    }
}

function Add-Commit {
    param([string] $Folder)

    Invoke-Git -Folder $Folder -Arguments 'add', '--all'
    Invoke-Git -Folder $Folder -Arguments 'commit', '--quiet', '--allow-empty', '--message', 'A change'
    Invoke-Git -Folder $Folder -Arguments 'rev-parse', 'HEAD'
}

function Open-Process {
    <#
    .SYNOPSIS
        Starts a program with redirected standard streams.
    #>
    [OutputType([System.Diagnostics.Process])]
    param(
        [Parameter(Mandatory)] [string] $FileName,
        [string[]] $Arguments = @(),
        [hashtable] $Environment
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new($FileName)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $Arguments | ForEach-Object { $start.ArgumentList.Add($_) }
    if ($null -ne $Environment) {
        $start.Environment.Clear()
        # Nothing starts on Windows without it.
        if ($IsWindows) {
            $start.Environment['SystemRoot'] = $env:SystemRoot
        }

        $Environment.Keys | ForEach-Object { $start.Environment[$_] = $Environment[$_] }
    }

    [System.Diagnostics.Process]::Start($start)
}

function Get-PowerShellCommand {
    <#
    .SYNOPSIS
        Returns the program and the first arguments that start this same PowerShell again: as a .NET tool it runs in dotnet.
    #>
    [OutputType([string[]])]
    param()

    if ([System.IO.Path]::GetFileNameWithoutExtension([System.Environment]::ProcessPath) -eq 'dotnet') {
        [System.Environment]::ProcessPath
        Join-Path $PSHOME 'pwsh.dll'
    }
    else {
        Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    }
}

function Open-Pwsh {
    <#
    .SYNOPSIS
        Starts another PowerShell and does not wait for it.
    .PARAMETER Environment
        The whole environment; empty for none at all. Default: the environment of this process.
    #>
    [OutputType([System.Diagnostics.Process])]
    param(
        [Parameter(Mandatory)] [string] $Command,
        [hashtable] $Environment,
        [switch] $Interactive
    )

    $start = @(Get-PowerShellCommand)
    $arguments = @($start | Select-Object -Skip 1) + @('-NoProfile', '-NoLogo') + @(if (-not $Interactive) { '-NonInteractive' }) + @('-Command', "`$PSStyle.OutputRendering = 'PlainText'; $Command")
    Open-Process -FileName $start[0] -Arguments $arguments -Environment $Environment
}

function Invoke-Pwsh {
    <#
    .SYNOPSIS
        Runs another PowerShell to its end, with its output redirected, and its input closed after the given text.
    .OUTPUTS
        ExitCode, Output, ErrorText.
    #>
    param(
        [Parameter(Mandatory)] [string] $Command,
        [hashtable] $Environment,
        [string] $Typed = '',
        [switch] $Interactive
    )

    $process = Open-Pwsh -Command $Command -Environment $Environment -Interactive:$Interactive
    $process.StandardInput.Write($Typed)
    $process.StandardInput.Close()
    Wait-Pwsh -Process $process
}

function Wait-Pwsh {
    <#
    .SYNOPSIS
        Waits for the end of a process that Open-Process started, and kills it after the time limit.
    #>
    param([Parameter(Mandatory)] [System.Diagnostics.Process] $Process, [int] $Seconds = 60)

    $output = $Process.StandardOutput.ReadToEndAsync()
    $errors = $Process.StandardError.ReadToEndAsync()
    if (-not $Process.WaitForExit($Seconds * 1000)) {
        $Process.Kill($true)
        throw "Process $($Process.Id) did not end within $Seconds s. It said: $($output.Result) $($errors.Result)"
    }

    $Process.WaitForExit()
    [pscustomobject]@{ ExitCode = $Process.ExitCode; Output = $output.Result.Trim(); ErrorText = $errors.Result.Trim() }
    $Process.Dispose()
}

function Open-LoopbackGitHub {
    <#
    .SYNOPSIS
        Serves the repositories of a folder on 127.0.0.1, as GitHub does.
    .OUTPUTS
        Process, ServerUrl, ApiUrl, GraphQlUrl, Token.
    #>
    param(
        [Parameter(Mandatory)] [string] $Folder,
        [int] $DelayMs = 0
    )

    $process = Open-Process -FileName dotnet -Arguments (Find-TestProgram -Name LoopbackGitHub), $Folder, '--delay-ms', "$DelayMs"
    $told = @{}
    while ('ready' -ne ($line = $process.StandardOutput.ReadLine())) {
        if ($null -eq $line) {
            throw "The loopback GitHub did not start: $($process.StandardError.ReadToEnd())"
        }

        $name, $value = $line -split '=', 2
        $told[$name] = $value
    }

    [pscustomobject]@{ Process = $process; ServerUrl = $told['server_url']; ApiUrl = $told['api_url']; GraphQlUrl = $told['graphql_url']; Token = $told['token'] }
}

function Close-LoopbackGitHub {
    <#
    .SYNOPSIS
        Stops a server, if there is one.
    #>
    param($Server)

    if ($Server) {
        # It cleans up after a signal only; Windows has none.
        Send-Signal -Process $Server.Process -Name TERM
        if ($IsWindows -or -not $Server.Process.WaitForExit(5000)) {
            $Server.Process.Kill($true)
        }

        $Server.Process.Dispose()
    }
}

function Send-Signal {
    <#
    .SYNOPSIS
        Sends a signal to a process, on systems that have signals.
    #>
    param([Parameter(Mandatory)] [System.Diagnostics.Process] $Process, [Parameter(Mandatory)] [string] $Name)

    if (-not $IsWindows) {
        & (Get-Command -Name kill -CommandType Application -TotalCount 1) -s $Name $Process.Id
    }
}

function Connect-LoopbackGitHub {
    <#
    .SYNOPSIS
        Makes a server the GitHub of this process, with the token if one is given. Without a server, removes it.
    #>
    param($Server, [string] $Token)

    Remove-Item -Path ($foreignVariables | ForEach-Object { "Env:$_" }) -ErrorAction Ignore
    if ($Server) {
        $variables = Get-LoopbackVariable -Server $Server -Token $Token
        $variables.Keys | ForEach-Object { Set-Item -LiteralPath "Env:$_" -Value $variables[$_] }
    }
}

function Get-LoopbackVariable {
    <#
    .SYNOPSIS
        Returns the environment variables that make a server the GitHub of a process.
    #>
    [OutputType([hashtable])]
    param([Parameter(Mandatory)] $Server, [string] $Token)

    $variables = @{ GITHUB_SERVER_URL = $Server.ServerUrl; GITHUB_API_URL = $Server.ApiUrl; GITHUB_GRAPHQL_URL = $Server.GraphQlUrl }
    if ($Token) {
        $variables['SKILLMEAT_GITHUB_TOKEN'] = $Token
    }

    $variables
}

function Get-LoopbackLog {
    <#
    .SYNOPSIS
        Returns the requests that a server received so far.
    #>
    param([Parameter(Mandatory)] $Server)

    (Invoke-RestMethod -Method Post -Uri "$($Server.ServerUrl)/_log").requests
}

function Wait-Until {
    <#
    .SYNOPSIS
        Waits until something holds, and fails when it never does.
    #>
    param([Parameter(Mandatory)] [scriptblock] $Condition, [Parameter(Mandatory)] [string] $What, [int] $Seconds = 20)

    $waited = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($waited.Elapsed.TotalSeconds -gt $Seconds) {
            throw "Waited $Seconds s in vain: $What"
        }

        Start-Sleep -Milliseconds 20
    }
}

function Open-LockHolder {
    <#
    .SYNOPSIS
        Starts a process that holds a lock of a home, that of its default collection unless another is named, until it is closed.
    #>
    [OutputType([System.Diagnostics.Process])]
    param([Parameter(Mandatory)] [string] $Path, [string] $Lock = "collection 'default'")

    $process = Open-Process -FileName dotnet -Arguments (Find-TestProgram -Name CrashHost), 'hold', $Path, $Lock
    if ('held' -ne $process.StandardOutput.ReadLine()) {
        throw "The lock could not be taken: $($process.StandardError.ReadToEnd())"
    }

    $process
}

function Close-LockHolder {
    <#
    .SYNOPSIS
        Lets the lock go.
    #>
    param($Process)

    if ($Process) {
        $Process.StandardInput.Close()
        $null = Wait-Pwsh -Process $Process
    }
}

function Format-View {
    <#
    .SYNOPSIS
        What PowerShell shows of objects, without colours.
    #>
    [OutputType([string])]
    param([Parameter(ValueFromPipeline)] $InputObject, [int] $Width = 200)

    begin {
        $all = [System.Collections.Generic.List[object]]::new()
    }

    process {
        $all.Add($InputObject)
    }

    end {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            ($all | Out-String -Width $Width).Trim()
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }
}

function Get-Completion {
    <#
    .SYNOPSIS
        What Tab offers at the end of a line.
    #>
    param([Parameter(Mandatory)] [string] $Line)

    (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
}

function Get-Failure {
    <#
    .SYNOPSIS
        The first error of a command, whether or not it ends the command; nothing when it does not fail.
    #>
    [OutputType([System.Management.Automation.ErrorRecord])]
    param([Parameter(Mandatory)] [scriptblock] $Command)

    try {
        # All output is taken first, so that an error does not stop the command.
        $output = @(& $Command 2>&1)
        $output | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | Select-Object -First 1
    }
    catch {
        $_
    }
}

Export-ModuleMember -Function @(
    'Find-Skm'
    'Find-SkillMeat', 'Import-SkillMeat', 'Find-TestProgram', 'Copy-SampleHome', 'Get-HomeState', 'Initialize-GitHubHome', 'Write-Text'
    'Get-PowerShellCommand', 'Open-Pwsh', 'Invoke-Pwsh', 'Wait-Pwsh', 'Send-Signal', 'Open-LoopbackGitHub', 'Close-LoopbackGitHub', 'Connect-LoopbackGitHub', 'Get-LoopbackVariable'
    'Get-LoopbackLog', 'Wait-Until', 'Open-LockHolder', 'Close-LockHolder', 'Format-View', 'Get-Completion', 'Get-Failure'
)
