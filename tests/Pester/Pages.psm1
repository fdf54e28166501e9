# Runs the commands of a help page or a guide as a reader does: one after the other, in a home of the reader's own, and compares the output with that of the page.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
Import-Module -Name "$PSScriptRoot/Support.psm1"
Import-Module -Name "$PSScriptRoot/PageStates.psm1"
if (-not ('SkillMeat.Tests.Pages.PageHost' -as [type])) {
    Add-Type -Path "$PSScriptRoot/PageHost.cs"
}

$repository = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
$invariant = [cultureinfo]::InvariantCulture
$snapshotId = [regex]'\b[0-9]{8}-[0-9]{6}-[0-9]{6}\b'

# The user's folder, and the time of the first snapshot, in all pages. The artifacts of the sample home are 24 days older.
$pageFolder = '/home/ada'
$pageTime = [datetime]::new(2026, 11, 25, 17, 12, 7, [System.DateTimeKind]::Utc)
$sampleTime = [datetime]::new(2026, 11, 1, 9, 5, 0, [System.DateTimeKind]::Utc)

# The variables that a page may set, or that would lead out of the reader's folder. What a page leaves behind in them ends with the page.
$variables = @(
    'HOME', 'PATH', 'PSModulePath', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'GIT_CONFIG_GLOBAL', 'GIT_CONFIG_NOSYSTEM', 'GIT_TERMINAL_PROMPT', 'NO_COLOR'
    'SKILLMEAT_HOME', 'SKILLMEAT_GITHUB_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN', 'MY_GITHUB_TOKEN', 'GITHUB_SERVER_URL', 'GITHUB_API_URL', 'GITHUB_GRAPHQL_URL'
)

# Values that no two runs have in common. The page's own value is taken in place of the real one, and everything around it is compared.
$changingValues = @(
    '(?<= in )[0-9]+(?= ms\b)'
    '(?<=^Seconds +: )[0-9]+(\.[0-9])?$'
    '(?<=git version )[0-9]\S*(?= is )'
    '(?<= is )/\S*/git(?=\.$)'
    '(?<=\breset at\s+)[0-9T:-]+Z'
    '(?<=^Started +: ).+$'
    '[0-9]+(?= of [0-9]+ left\b)'
)

# Sizes of compressed content with ids and times in it. The page's own size is taken if it is close to the real one.
$sizes = @(
    ' *\b[0-9]+(\.[0-9])? (B|KB|MB)(?= |$)'
    '(?<=^SizeBytes +: )[0-9]+$'
    '\b[0-9]+(?= bytes\b)'
    '(?<= (pre-[a-z]+|manual) +[0-9]+ +([0-9]+ +)?)[0-9]+ *(?= |$)'
    '(?<= yes +[0-9]+ +)[0-9]+ *(?= |$)'
)

function Find-Page {
    <#
    .SYNOPSIS
        Finds the pages: the help pages and topics, or the guides.
    #>
    [OutputType([System.IO.FileInfo])]
    param([Parameter(Mandatory)] [ValidateSet('Help', 'Guides')] [string] $Kind)

    if ($Kind -eq 'Help') {
        Get-ChildItem -Path (Join-Path $repository 'docs/help/*.md')
    }
    else {
        Get-Item -Path (Join-Path $repository 'README.md')
        Get-ChildItem -Path (Join-Path $repository 'docs/*.md')
    }
}

function Read-Page {
    <#
    .SYNOPSIS
        Reads the commands of a page, in order, each block with the output below it.
    .DESCRIPTION
        A block 'powershell', 'sh' or 'bash' is a step. A block 'output' or 'text' is the output of the step above it; there may be only blank lines between them.
        A comment '<!-- before: code -->' is PowerShell code that prepares what the next step needs, and that the page does not show. The functions of PageStates.psm1 are for it.
    .OUTPUTS
        The page: Path, Lines, Steps, and Tables, each with its Language and Steps. A step: Language, Code, Title, Section, Line, Before, and Output, FirstLine and EndLine of the output.
    #>
    [OutputType([pscustomobject])]
    param([Parameter(Mandatory)] [string] $Path)

    $lines = [System.IO.File]::ReadAllLines($Path)
    $steps = [System.Collections.Generic.List[object]]::new()
    $tables = [System.Collections.Generic.List[object]]::new()
    $heading = [System.IO.Path]::GetFileNameWithoutExtension($Path)
    $before = ''
    $isAdjacent = $false
    for ($i = 0; $i -lt $lines.Count; $i++) {
        $line = $lines[$i]
        if ($line -match '^<!-- before:(?<code>.*)$') {
            $code = [System.Collections.Generic.List[string]]@($Matches['code'])
            while ($code[-1] -notmatch '-->\s*$') {
                $i++
                $code.Add($lines[$i])
            }

            $before += ($code -join "`n") -replace '-->\s*$', "`n"
            $isAdjacent = $false
        }
        elseif ($line -match '^```(?<language>\w+)') {
            $language = $Matches['language']
            $first = $i + 1
            $i = [array]::IndexOf($lines, '```', $first)
            if ($i -lt 0) {
                throw "${Path}:${first}: this block has no end."
            }

            $text = $i -gt $first ? ($lines[$first..($i - 1)] -join "`n") : ''
            if ($language -in 'powershell', 'sh', 'bash') {
                $count = @($steps | Where-Object Heading -CEQ $heading).Count
                $steps.Add([pscustomobject]@{
                        Language = $language; Code = $text; Heading = $heading; Title = $count ? "$heading ($($count + 1))" : $heading; Section = ''; Line = $first
                        Before = $before; Output = $null; FirstLine = 0; EndLine = 0
                    })
                $before = ''
                $isAdjacent = $true
            }
            elseif ($language -in 'output', 'text') {
                if (-not $isAdjacent) {
                    throw "${Path}:${first}: this output is below no command."
                }

                $steps[-1].Output = $text
                $steps[-1].FirstLine = $first
                $steps[-1].EndLine = $i
                $isAdjacent = $false
            }
        }
        elseif ($line.Trim()) {
            $isAdjacent = $false
            if ($line -match '^#+ (?<title>.+)$') {
                $heading = $Matches['title']
            }
            elseif ($line -match '^\| *\| (?<first>PowerShell) \| (?<second>command line) \|$') {
                $i = Add-TableStep -Table $tables -Lines $lines -First $i -Heading $heading -Before $before
                $before = ''
            }
        }
    }

    if ($before) {
        throw "${Path}: no command is below the last comment 'before'."
    }

    # A section is all of the text around a command, in which an exit code may be explained.
    foreach ($step in @($steps) + @($tables | ForEach-Object Steps)) {
        $top = $step.Line - 1
        while ($top -gt 0 -and $lines[$top] -notmatch '^## ') { $top-- }
        $end = $step.Line
        while ($end -lt $lines.Count -and $lines[$end] -notmatch '^## ') { $end++ }
        $step.Section = $lines[$top..($end - 1)] -join "`n"
    }

    [pscustomobject]@{ Path = $Path; Name = [System.IO.Path]::GetRelativePath($repository, $Path).Replace('\', '/'); Lines = $lines; Steps = $steps.ToArray(); Tables = $tables.ToArray() }
}

function Add-TableStep {
    # A table of commands has a column for PowerShell and one for skm. Each column is a sequence of steps of its own.
    [OutputType([int])]
    param($Table, [string[]] $Lines, [int] $First, [string] $Heading, [string] $Before)

    $columns = @(foreach ($language in 'powershell', 'sh') {
            [pscustomobject]@{ Language = $language; Steps = [System.Collections.Generic.List[object]]::new() }
        })
    $line = $First + 2
    for (; $line -lt $Lines.Count -and $Lines[$line].StartsWith('|', [System.StringComparison]::Ordinal); $line++) {
        $cells = [regex]::Split($Lines[$line], '(?<!\\)\|')
        foreach ($number in 0, 1) {
            $step = [pscustomobject]@{
                Language = $columns[$number].Language; Code = $cells[$number + 2].Trim(' `').Replace('\|', '|'); Heading = $Heading; Title = $cells[1].Trim(); Section = ''; Line = $line + 1
                Before = $line -eq $First + 2 ? $Before : ''; Output = $null; FirstLine = 0; EndLine = 0
            }
            $columns[$number].Steps.Add($step)
        }
    }

    $columns | ForEach-Object { $Table.Add($_) }
    $line - 1
}

function Get-NotRun {
    <#
    .SYNOPSIS
        Returns the commands of a page that are not run. PagesNotRun.psd1 lists them, with the reasons.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Name)

    (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/PagesNotRun.psd1").Commands | Where-Object { $_.Page -ceq $Name } | ForEach-Object { $_.Command }
}

function Open-PageServer {
    <#
    .SYNOPSIS
        Serves the repositories that the pages name, as GitHub does, and makes the user's folder of all pages, with a checkout in it.
    .DESCRIPTION
        The folder's path is as long as that of the pages, so that tables have the same columns. The module stays in one place, because a process cannot hold two copies of it.
    #>
    param([Parameter(Mandatory)] [string] $Path)

    $root = (& mktemp -d ('/tmp/' + 'X' * ($pageFolder.Length - '/tmp/'.Length))).Trim()
    $version = (Import-PowerShellDataFile -LiteralPath (Find-SkillMeat)).ModuleVersion
    $null = New-Item -ItemType Directory -Path "$root/SkillMeat/out/SkillMeat"
    Copy-Item -LiteralPath ([System.IO.Path]::GetDirectoryName((Find-SkillMeat))) -Destination "$root/SkillMeat/out/SkillMeat/$version" -Recurse
    Initialize-PageRepository -Path $Path
    $server = Open-LoopbackGitHub -Folder $Path
    $other = Open-LoopbackGitHub -Folder "$Path/other"
    # Hosts are listed by name, and this one comes last, as in the pages.
    $server | Add-Member -NotePropertyMembers @{ Folder = $Path; Root = $root; Other = $other; OtherUrl = $other.ServerUrl.Replace('127.0.0.1', 'localhost') } -PassThru
}

function Close-PageServer {
    <#
    .SYNOPSIS
        Stops the servers.
    #>
    param($Server)

    if ($Server) {
        Close-LoopbackGitHub -Server $Server.Other
        Close-LoopbackGitHub -Server $Server
        Remove-Item -LiteralPath $Server.Root -Recurse -Force
    }
}

function Open-PageStage {
    <#
    .SYNOPSIS
        Puts the sample home and its upstream into the user's folder, and opens a session in it, for one page.
    .DESCRIPTION
        The times of the sample home are moved, so that it is as old as in the pages.
    .PARAMETER Server
        What Open-PageServer made.
    #>
    param([Parameter(Mandatory)] $Server)

    $root = $Server.Root
    $stage = [pscustomobject]@{
        Root = $root; Server = $Server; Started = [datetime]::UtcNow.AddSeconds(-1); Ids = [ordered]@{}; Newest = ''; Host = $null; Runspace = $null
        Environment = @{}; OldSample = [datetime]::UtcNow.AddDays(-24.5)
    }
    foreach ($name in $variables) {
        $stage.Environment[$name] = [System.Environment]::GetEnvironmentVariable($name)
        [System.Environment]::SetEnvironmentVariable($name, $null)
    }

    $env:HOME = $root
    $env:GIT_CONFIG_NOSYSTEM = '1'
    $env:GIT_TERMINAL_PROMPT = '0'
    $env:PSModulePath = "$root/.local/share/powershell/Modules$([System.IO.Path]::PathSeparator)$($stage.Environment['PSModulePath'])"
    $env:PATH = "$root/.bin$([System.IO.Path]::PathSeparator)$($stage.Environment['PATH'])"
    $addresses = Get-LoopbackVariable -Server $Server
    $addresses.Keys | ForEach-Object { Set-Item -LiteralPath "Env:$_" -Value $addresses[$_] }
    # As GitHub's, the API has a name of its own.
    $env:GITHUB_API_URL = $Server.ApiUrl.Replace('127.0.0.1', 'localhost')
    $env:GITHUB_GRAPHQL_URL = $Server.GraphQlUrl.Replace('127.0.0.1', 'localhost')

    foreach ($name in 'octo/skills', 'octo/team', 'owner/repo') {
        Switch-Upstream -Path "$($Server.Folder)/$name" -To old
    }

    Add-StageFile -Stage $stage
    $stage.Host = [SkillMeat.Tests.Pages.PageHost]::new(120, $Server.Token)
    $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault()
    $state.ThrowOnRunspaceOpenError = $true
    $state.ImportPSModule(@((Get-Item -Path "$root/SkillMeat/out/SkillMeat/*/SkillMeat.psd1").FullName))
    $stage.Runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($stage.Host, $state)
    $stage.Runspace.Open()
    $null = Invoke-Silently -Stage $stage -Code "Set-Location -LiteralPath ~; `$PageStage = `$args[0]" -Argument $stage
    $stage
}

function Add-StageFile {
    param($Stage)

    $null = New-Item -ItemType Directory -Path "$($Stage.Root)/.bin"
    Copy-Home -Stage $Stage -Path $Stage.Root -Name '.skillmeat'
    Copy-Home -Stage $Stage -Path "$($Stage.Root)/SkillMeat/samples" -Name home
    Copy-Item -Path (Join-Path $repository 'samples/*.ps1') -Destination "$($Stage.Root)/SkillMeat/samples"
    # The reader says yes to the prompts of skm, which asks only at a terminal.
    Write-Text -Path "$($Stage.Root)/.bin/skm" -Text @"
#!/bin/sh
case "`$1 `$2" in
    'remove '* | 'update '* | 'collection rollback' | 'collection delete' | 'snapshot restore' | 'snapshot remove') set -- "`$@" --yes ;;
esac
exec '$(Find-Skm)' "`$@"

"@
    # The scheduler of the page's user; that of the machine must not get a line.
    Write-Text -Path "$($Stage.Root)/.bin/crontab" -Text "#!/bin/sh`nif [ `"`$1`" = - ]; then cat > `"`$HOME/.crontab`"; elif [ -f `"`$HOME/.crontab`" ]; then cat `"`$HOME/.crontab`"; else echo 'no crontab for ada' >&2; exit 1; fi`n"
    Write-Text -Path "$($Stage.Root)/.bin/newest-snapshot" -Text "#!/bin/sh`nfind `"`$HOME`" -path '*/snapshots/*' -name '2*-*-*' | sed 's|.*/||; s|[.].*||' | sort | tail -n 1`n"
    & chmod +x "$($Stage.Root)/.bin/skm" "$($Stage.Root)/.bin/crontab" "$($Stage.Root)/.bin/newest-snapshot"
}

function Copy-Home {
    <#
    .SYNOPSIS
        Copies the sample home and its upstream into a folder, as old as in the pages.
    #>
    param([Parameter(Mandatory)] $Stage, [Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Name)

    $null = [System.IO.Directory]::CreateDirectory($Path)
    Copy-Item -LiteralPath (Join-Path $repository 'samples/upstream') -Destination $Path -Recurse
    Copy-Item -LiteralPath (Join-Path $repository 'samples/home') -Destination (Join-Path $Path $Name) -Recurse
    foreach ($file in Get-ChildItem -Path (Join-Path $Path "$Name/collections/*/collection.*")) {
        $text = [regex]::Replace([System.IO.File]::ReadAllText($file.FullName), '(?<=")2026-11-[0-9]{2}T[0-9:]{8}(?=")', {
                param($match)
                $time = [datetime]::Parse($match.Value, $invariant, [System.Globalization.DateTimeStyles]::AssumeUniversal -bor [System.Globalization.DateTimeStyles]::AdjustToUniversal)
                ($Stage.OldSample + ($time - $sampleTime)).ToString('yyyy-MM-ddTHH:mm:ss', $invariant)
            })
        [System.IO.File]::WriteAllText($file.FullName, $text)
    }
}

function Close-PageStage {
    <#
    .SYNOPSIS
        Ends the session, and empties the folder.
    #>
    param($Stage)

    if ($Stage) {
        if ($Stage.Runspace) {
            $Stage.Runspace.Dispose()
        }

        # A server goes on when its page fails before it stops it.
        Get-ChildItem -Path "$($Stage.Root)/*/service/*.running.json" -Force -ErrorAction Ignore | ForEach-Object { Stop-Process -Id ($_.Name -split '\.')[0] -Force -ErrorAction Ignore }

        foreach ($name in $variables) {
            [System.Environment]::SetEnvironmentVariable($name, $Stage.Environment[$name])
        }

        Get-ChildItem -LiteralPath $Stage.Root -Force | Where-Object Name -NE SkillMeat | Remove-Item -Recurse -Force
        Get-ChildItem -LiteralPath "$($Stage.Root)/SkillMeat" -Force | Where-Object Name -NE out | Remove-Item -Recurse -Force
    }
}

function Invoke-PageStep {
    <#
    .SYNOPSIS
        Runs a step.
    .PARAMETER Except
        The commands that are not run, as they are in the page.
    .OUTPUTS
        Text: the output in the page's words. Failures: what the page does not expect.
    #>
    [OutputType([pscustomobject])]
    param([Parameter(Mandatory)] $Stage, [Parameter(Mandatory)] $Step, [string[]] $Except = @())

    if ($Step.Before) {
        $null = Invoke-Silently -Stage $Stage -Code "Import-Module -Name '$PSScriptRoot/PageStates.psm1'; $($Step.Before)"
        Sync-Id -Stage $Stage
    }

    $run = $Step.Language -eq 'powershell' ? (Invoke-PowerShellStep -Stage $Stage -Step $Step -Except $Except) : (Invoke-ShellStep -Stage $Stage -Step $Step -Except $Except)
    [pscustomobject]@{ Text = ConvertTo-PageText -Stage $Stage -Text $run.Text -Page $Step.Output; Failures = $run.Failures; Errors = $run.Errors }
}

function Invoke-PowerShellStep {
    param($Stage, $Step, [string[]] $Except)

    $text = [System.Text.StringBuilder]::new()
    $failures = [System.Collections.Generic.List[string]]::new()
    $errors = 0
    foreach ($statement in Get-Statement -Code $Step.Code) {
        if ($statement -cin $Except) {
            continue
        }

        $null = $Stage.Host.TakeText()
        $null = $Stage.Host.TakeErrors()
        $ended = Invoke-Statement -Stage $Stage -Code (ConvertFrom-PageText -Stage $Stage -Text $statement -Newest $Stage.Newest)
        $written = $Stage.Host.TakeText()
        $count = $Stage.Host.TakeErrors() + ($ended ? 1 : 0)
        $errors += $count
        # The output of a page shows its errors. A page without output has none.
        if ($count -gt 0 -and $null -eq $Step.Output) {
            $failures.Add("'$statement' has an error: $($written.Trim())")
        }

        $null = $text.Append($written).Append("`n")
        Sync-Id -Stage $Stage
    }

    [pscustomobject]@{ Text = $text.ToString(); Failures = $failures.ToArray(); Errors = $errors }
}

function Get-Statement {
    <#
    .SYNOPSIS
        Returns the statements of a block of code, without comments.
    #>
    [OutputType([string])]
    param([string] $Code)

    $errors = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
    if ($errors) {
        throw "'$Code' is not valid: $($errors[0].Message)"
    }

    $ast.EndBlock.Statements | ForEach-Object { $_.Extent.Text }
}

function Get-StepCommand {
    <#
    .SYNOPSIS
        Returns the commands of a step: the statements of PowerShell, or the lines of a shell, without comments.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] $Step)

    if ($Step.Language -eq 'powershell') {
        Get-Statement -Code $Step.Code
    }
    else {
        ($Step.Code -split "`n") -replace '\s+#.*$'
    }
}

function Invoke-Statement {
    # As the console runs a line: what it returns, and its errors, go to Out-Default. So does the error that ends it; then the result is true.
    [OutputType([bool])]
    param($Stage, [string] $Code)

    $shell = [powershell]::Create($Stage.Runspace)
    try {
        $null = $shell.AddScript($Code)
        $out = [System.Management.Automation.Runspaces.Command]::new('Out-Default')
        $out.MergeUnclaimedPreviousCommandResults = 'Error', 'Output'
        $null = $shell.Commands.AddCommand($out)
        $null = $shell.Invoke()
        $false
    }
    catch {
        $problem = $_.Exception
        while ($problem -isnot [System.Management.Automation.RuntimeException] -or $problem -is [System.Management.Automation.MethodInvocationException]) {
            $problem = $problem.InnerException
        }

        $record = [psobject]::AsPSObject($problem.ErrorRecord)
        $record.PSObject.Properties.Add([psnoteproperty]::new('writeErrorStream', $true))
        $shell.Commands.Clear()
        $null = $shell.AddCommand('Out-Default').AddParameter('InputObject', $record).Invoke()
        $true
    }
    finally {
        $shell.Dispose()
    }
}

function Invoke-Silently {
    # What prepares a step must not fail, and shows nothing.
    param($Stage, [string] $Code, $Argument)

    $shell = [powershell]::Create($Stage.Runspace)
    try {
        $null = $shell.AddScript("`$preference = `$ErrorActionPreference; `$ErrorActionPreference = 'Stop'; . { $Code`n } @args | Out-Null; `$ErrorActionPreference = `$preference", $false)
        if ($Argument) {
            $null = $shell.AddArgument($Argument)
        }

        $shell.Invoke()
        if ($shell.HadErrors -and $shell.Streams.Error.Count -gt 0) {
            throw "'$Code' has an error: $($shell.Streams.Error[0])"
        }
    }
    finally {
        $shell.Dispose()
    }
}

function Invoke-ShellStep {
    param($Stage, $Step, [string[]] $Except)

    $commands = ($Step.Code -split "`n").Where({ ($_ -replace '\s+#.*$') -cnotin $Except }) -join "`n"
    $failed = Join-Path $Stage.Root '.failed'
    Write-Text -Path $failed -Text ''
    $start = [System.Diagnostics.ProcessStartInfo]::new('bash')
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardInput = $true
    $folder = Invoke-Location -Stage $Stage
    $start.WorkingDirectory = $folder
    @('-c', "exec 2>&1`ntrap 'echo `"`$? `$BASH_COMMAND`" >> ''$failed''' ERR`n$(ConvertFrom-PageText -Stage $Stage -Text $commands -Newest '$(newest-snapshot)')") | ForEach-Object { $start.ArgumentList.Add($_) }
    $process = [System.Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $text = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    $process.Dispose()
    Sync-Id -Stage $Stage

    # An exit code is no failure if the section explains it.
    $failures = @(foreach ($line in [System.IO.File]::ReadAllLines($failed)) {
            $code, $command = $line -split ' ', 2
            if ($Step.Section -notmatch "\bexit code (is )?$code\b") {
                "'$command' ends with exit code $code."
            }
        })
    $errors = $failures.Count
    if ($errors) {
        $failures += $text
    }

    [pscustomobject]@{ Text = $text; Failures = $failures; Errors = $errors }
}

function Invoke-Location {
    param($Stage)

    $shell = [powershell]::Create($Stage.Runspace)
    try {
        "$($shell.AddScript('$PWD.ProviderPath').Invoke()[0])"
    }
    finally {
        $shell.Dispose()
    }
}

function Sync-Id {
    <#
    .SYNOPSIS
        Gives each new snapshot the id that it has in pages: the first of a page, the second, and so on.
    #>
    param($Stage)

    $options = [System.IO.EnumerationOptions]@{ RecurseSubdirectories = $true; AttributesToSkip = 'ReparsePoint' }
    $all = [System.IO.Directory]::EnumerateFiles($Stage.Root, '2*-*-*', $options) |
        ForEach-Object { $snapshotId.Match([System.IO.Path]::GetFileName($_)) } | Where-Object Success | ForEach-Object Value | Sort-Object -Unique
    $Stage.Newest = $all | Select-Object -Last 1
    foreach ($id in $all | Where-Object { -not $Stage.Ids.Contains($_) }) {
        $number = $Stage.Ids.Count
        $Stage.Ids[$id] = $pageTime.AddSeconds(20 * $number).ToString('yyyyMMdd-HHmmss', $invariant) + '-' + ((552663 + 378613 * $number) % 1000000).ToString('000000', $invariant)
    }
}

function ConvertFrom-PageText {
    <#
    .SYNOPSIS
        Puts what is real into a command: the ids of the page's snapshots, the newest snapshot's in place of the word ID, and the folder of a server's modules.
    #>
    param($Stage, [string] $Text, [AllowEmptyString()] [string] $Newest)

    foreach ($id in $Stage.Ids.Keys) {
        $Text = $Text.Replace($Stage.Ids[$id], $id)
    }

    $Text = $Text.Replace(' /srv/modules/', " $($Stage.Root)/SkillMeat/out/")

    $Newest ? [regex]::Replace($Text, '(?<=\s)ID(?=\s|$)', { $Newest }) : $Text
}

function ConvertTo-PageText {
    <#
    .SYNOPSIS
        Puts the page's folder, host, ids and times into a text, and its values in place of those that no two runs have in common.
    #>
    [OutputType([string])]
    param($Stage, [string] $Text, [AllowNull()] [string] $Page)

    $Text = $Text.Replace("`r", '').Replace("/private$($Stage.Root)", $pageFolder).Replace($Stage.Root, $pageFolder)
    $Text = $Text.Replace($Stage.Server.OtherUrl, 'https://scm.example.com').Replace(([uri] $Stage.Server.OtherUrl).Authority, 'scm.example.com')
    # Messages name a repository of github.com without its host.
    $Text = $Text.Replace($Stage.Server.ServerUrl, 'https://github.com')
    $authority = ([uri] $Stage.Server.ServerUrl).Authority
    $Text = $Text.Replace($authority.Replace('127.0.0.1', 'localhost'), 'api.github.com').Replace("$authority/", '').Replace("$authority  ", 'github.com  '.PadRight($authority.Length + 2)).Replace($authority, 'github.com')
    $near = ''
    $lines = foreach ($line in $Text -split "`n") {
        $named = $snapshotId.Matches($line)
        if ($named.Count) {
            $near = $named[-1].Value
        }

        ConvertTo-PageTime -Stage $Stage -Line $line.TrimEnd() -Near $near
    }

    $Text = ($lines -join "`n").Trim("`n") -replace '\n{3,}', "`n`n"
    foreach ($id in $Stage.Ids.Keys) {
        $Text = $Text.Replace($id, $Stage.Ids[$id])
    }

    foreach ($pattern in $changingValues) {
        $Text = Merge-Value -Text $Text -Page $Page -Pattern $pattern
    }

    foreach ($pattern in $sizes) {
        $Text = Merge-Value -Text $Text -Page $Page -Pattern $pattern -Near
    }

    ($Text -split "`n").TrimEnd() -join "`n"
}

function ConvertTo-PageTime {
    param($Stage, [string] $Line, [string] $Near)

    [regex]::Replace($Line, '\b([0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)', {
            param($match)

            $formats = [string[]] @('MM/dd/yyyy HH:mm:ss', 'yyyy-MM-ddTHH:mm:ss', 'yyyy-MM-dd HH:mm:ss', 'yyyy-MM-ddTHH:mm', 'yyyy-MM-dd HH:mm')
            $time = [datetime]::MinValue
            $styles = [System.Globalization.DateTimeStyles]::AssumeUniversal -bor [System.Globalization.DateTimeStyles]::AdjustToUniversal
            foreach ($format in $formats) {
                if ([datetime]::TryParseExact($match.Value, $format, $invariant, $styles, [ref] $time)) {
                    break
                }
            }

            $age = $time - $Stage.OldSample
            if ([math]::Abs($age.TotalMinutes) -lt 60) {
                # The sample home's own times are whole minutes.
                return $sampleTime.AddMinutes([math]::Round($age.TotalMinutes)).ToString($format, $invariant)
            }

            if ($time -ge $Stage.Started.AddMinutes(-1) -and $time -le [datetime]::UtcNow) {
                # The time of the snapshot in this line or the nearest one above, or of another one of this second, else that of the next snapshot.
                $stamp = $time.ToString('yyyyMMdd-HHmmss', $invariant).Substring(0, $format.Contains('ss') ? 15 : 13)
                $id = @(@($Near) + $Stage.Ids.Keys).Where({ $_.StartsWith($stamp, [System.StringComparison]::Ordinal) -and $Stage.Ids.Contains($_) }, 'First')
                $moment = $id ? [datetime]::ParseExact($Stage.Ids[$id[0]].Substring(0, 15), 'yyyyMMdd-HHmmss', $invariant) : $pageTime.AddSeconds(20 * $Stage.Ids.Count)
                return $moment.ToString($format, $invariant)
            }

            $match.Value
        })
}

function Merge-Value {
    <#
    .SYNOPSIS
        Takes the page's value, in the order of appearance, in place of each value that a pattern finds.
    #>
    param([string] $Text, [AllowNull()] [string] $Page, [string] $Pattern, [switch] $Near)

    $own = [regex]::Matches("$Page", $Pattern, 'Multiline')
    $script:next = 0
    [regex]::Replace($Text, $Pattern, {
            param($match)

            $taken = $script:next -lt $own.Count ? $own[$script:next].Value : $match.Value
            $script:next++
            if (-not $Near) {
                return $taken
            }

            $real = Measure-Text -Text $match.Value
            if ([math]::Abs((Measure-Text -Text $taken) - $real) -gt [math]::Max(16, $real * 0.08)) {
                return $match.Value
            }

            # Columns of sizes end at the right, those of skm at the left.
            $match.Value.EndsWith(' ', [System.StringComparison]::Ordinal) ? $taken.Trim().PadRight($match.Length) : $taken.Trim().PadLeft($match.Length)
        }, 'Multiline')
}

function Measure-Text {
    param([string] $Text)

    $number, $unit = $Text.Trim() -split ' ', 2
    $factor = switch ($unit) {
        'KB' { 1024 }
        'MB' { 1048576 }
        default { 1 }
    }
    [double]::Parse($number, $invariant) * $factor
}

function Test-PageStep {
    <#
    .SYNOPSIS
        Runs a step and compares its output with the page's. With SKILLMEAT_UPDATE_PAGES, remembers the output instead.
    #>
    [OutputType([string])]
    param([Parameter(Mandatory)] $Stage, [Parameter(Mandatory)] $Page, [Parameter(Mandatory)] $Step, [string[]] $Except = @())

    $run = Invoke-PageStep -Stage $Stage -Step $Step -Except $Except
    $run.Failures
    if ($null -eq $Step.Output -or $run.Failures) {
        return
    }

    $said = (($Step.Output -split "`n").TrimEnd() -join "`n").Trim("`n")
    if ($run.Text -ceq $said) {
        return
    }

    # On a machine that is very busy, it was not just now but some minutes ago, and a column is wider.
    $late = '\b[0-9]+ minutes? ago\b'
    if ($run.Text -match $late -and $said -match '\bjust now\b') {
        $words = foreach ($text in ($run.Text -replace $late, 'just now'), $said) {
            $text -replace ' {2,}', ' ' -replace '-{3,}', '--'
        }
        if ($words[0] -ceq $words[1]) {
            return
        }
    }

    if (-not $env:SKILLMEAT_UPDATE_PAGES) {
        "$($Page.Name):$($Step.FirstLine + 1): the output is not that of the page.`n--- the page:`n$said`n--- really:`n$($run.Text)`n---"
    }
    elseif (-not $run.Text) {
        "$($Page.Name):$($Step.FirstLine + 1): there is no output any more."
    }
    elseif ($run.Errors -gt 0 -and $said -notmatch '(?m)^[A-Z]\w+-\w+: ') {
        "$($Page.Name):$($Step.FirstLine + 1): the output has become an error, so the page stays as it is:`n$($run.Text)"
    }
    else {
        $Step.Output = $run.Text
    }
}

function Save-Page {
    <#
    .SYNOPSIS
        Writes the outputs of the steps into the page.
    #>
    param([Parameter(Mandatory)] $Page)

    $lines = [System.Collections.Generic.List[string]]::new([string[]] $Page.Lines)
    $steps = @($Page.Steps | Where-Object EndLine)
    [array]::Reverse($steps)
    foreach ($step in $steps) {
        $lines.RemoveRange($step.FirstLine, $step.EndLine - $step.FirstLine)
        $lines.InsertRange($step.FirstLine, [string[]] ($step.Output -split "`n"))
    }

    $text = ($lines -join "`n") + "`n"
    if ($text -cne [System.IO.File]::ReadAllText($Page.Path)) {
        [System.IO.File]::WriteAllText($Page.Path, $text)
    }
}

Export-ModuleMember -Function 'Find-Page', 'Read-Page', 'Get-NotRun', 'Open-PageServer', 'Close-PageServer', 'Open-PageStage', 'Close-PageStage', 'Test-PageStep', 'Save-Page', 'Get-StepCommand'
