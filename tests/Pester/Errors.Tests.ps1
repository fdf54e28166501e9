#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Errors' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'errors')

        function Get-ErrorOf {
            param([scriptblock] $Command)

            $found = Get-Failure -Command $Command
            [pscustomobject]@{ Id = ($found.FullyQualifiedErrorId -split ',')[0]; Category = $found.CategoryInfo.Category; Message = "$found"; Target = $found.TargetObject }
        }
    }

    It 'name the field that was probably meant' {
        $found = Get-ErrorOf { Invoke-SkmCollectionRefresh -Fields tagz -SkillMeatHome $sample }
        $found.Id, $found.Category | Should -Be 'InvalidArgument', 'InvalidArgument'
        $found.Message | Should -BeLike "*Did you mean 'tags'?*tags, description, category*"
    }

    It 'list the types there are' {
        (Get-ErrorOf { Get-SkmArtifact -Type skil -SkillMeatHome $sample }).Message | Should -BeLike '*skill, command, agent*'
        (Get-ErrorOf { Invoke-SkmCollectionRefresh -Type skil -SkillMeatHome $sample }).Id | Should -Be 'InvalidArgument'
    }

    It 'name the collection that was probably meant' {
        $found = Get-ErrorOf { Get-SkmArtifact -Collection defalt -SkillMeatHome $sample }
        $found.Id, $found.Category | Should -Be 'CollectionNotFound', 'ObjectNotFound'
        $found.Message | Should -BeLike "*Did you mean 'default'?*"
    }

    It 'name the artifact that was probably meant, and let the others through' {
        $artifacts = Get-SkmArtifact -Name pdf-tool, meeting-notes -SkillMeatHome $sample -ErrorVariable problems -ErrorAction SilentlyContinue
        $artifacts.Name | Should -Be 'meeting-notes'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        $problems[0].TargetObject | Should -Be 'pdf-tool'
        "$($problems[0])" | Should -BeLike "*Did you mean 'pdf-tools'?*"
        $null = Invoke-SkmCollectionRefresh -Name pdf-tool -CheckOnly -SkillMeatHome $sample -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject | Should -Be 'pdf-tool'
    }

    It 'name the place in a file that can not be read' {
        $damaged = Copy-SampleHome -Path (Join-Path $TestDrive 'damaged')
        Write-Text -Path (Join-Path $damaged 'collections/default/collection.toml') -Text "[collection]`nname = `n"
        $found = Get-ErrorOf { Get-SkmArtifact -SkillMeatHome $damaged }
        $found.Id, $found.Category | Should -Be 'InvalidToml', 'ParserError'
        $found.Message | Should -BeLike '*collection.toml:2:*'
    }

    It 'of one collection do not end the others, whose name is the target' {
        $several = Copy-SampleHome -Path (Join-Path $TestDrive 'several')
        $null = New-SkmCollection -Name broken -SkillMeatHome $several
        Write-Text -Path (Join-Path $several 'collections/broken/collection.toml') -Text 'x ='
        $checks = Invoke-SkmCollectionRefresh -Collection '*' -CheckOnly -SkillMeatHome $several -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidToml,SkillMeat.Cmdlets.Commands.InvokeSkmCollectionRefreshCommand'
        $problems[0].TargetObject | Should -Be 'broken'
        @($checks | Where-Object Collection -EQ default).Count | Should -Be 5
    }

    It 'of an artifact whose source is none do not end the others' {
        $source = Copy-SampleHome -Path (Join-Path $TestDrive 'source')
        $manifest = Join-Path $source 'collections/default/collection.toml'
        Write-Text -Path $manifest -Text ((Get-Content -LiteralPath $manifest -Raw) -replace '"[^"]*upstream/skills/pdf-tools"', '"ftp://example.com/skills"')
        $entries = Invoke-SkmCollectionRefresh -SkillMeatHome $source -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'InvalidArgument,SkillMeat.Cmdlets.Commands.InvokeSkmCollectionRefreshCommand'
        $problems[0].TargetObject.ArtifactId | Should -Be 'skill:pdf-tools'
        ($entries | Where-Object Status -EQ Refreshed).Name | Should -Be 'meeting-notes'
    }

    It 'say who holds a collection' {
        if (-not (Find-TestProgram -Name CrashHost)) {
            Set-ItResult -Skipped -Because 'CrashHost was not built'
            return
        }

        $held = Copy-SampleHome -Path (Join-Path $TestDrive 'held')
        $holder = Open-LockHolder -Path $held
        try {
            $found = Get-ErrorOf { Invoke-SkmCollectionRefresh -LockTimeoutSec 0.2 -SkillMeatHome $held }
            $found.Id, $found.Category | Should -Be 'LockTimeout', 'ResourceBusy'
            $found.Message | Should -BeLike "*process $($holder.Id)*-LockTimeoutSec*"
            (Get-SkmArtifact -Name meeting-notes -SkillMeatHome $held).License | Should -BeNullOrEmpty
        }
        finally {
            Close-LockHolder -Process $holder
        }
    }

    It 'say where a home was looked for' {
        $found = Get-ErrorOf { Get-SkmCollection -SkillMeatHome (Join-Path $TestDrive 'none') }
        $found.Id, $found.Category | Should -Be 'HomeNotFound', 'ObjectNotFound'
        $found.Message | Should -BeLike '*none*SKILLMEAT_HOME*New-SkmCollection*'
        (Get-ErrorOf { Get-SkmCollection -SkillMeatHome 'Env:\HOME' }).Id | Should -Be 'InvalidArgument'
    }

    It 'take a relative home as relative to the location' {
        Push-Location -LiteralPath $TestDrive
        try {
            (Get-SkmCollection -SkillMeatHome ./errors/home).Name | Should -Be 'default'
        }
        finally {
            Pop-Location
        }
    }

    It 'refuse values that mean nothing' {
        foreach ($command in { Get-SkmArtifact -Name '' }, { Invoke-SkmCollectionRefresh -Collection '' }, { Get-SkmCollection -SkillMeatHome '' }, { Invoke-SkmCollectionRefresh -LockTimeoutSec -1 }, { Invoke-SkmCollectionRefresh -Token $null }) {
            (Get-Failure -Command $command).CategoryInfo.Category | Should -Be 'InvalidData' -Because "$command"
        }

        $empty = [securestring]::new()
        (Get-ErrorOf { Invoke-SkmCollectionRefresh -Token $empty -SkillMeatHome $sample }).Message | Should -BeLike '*-Token is empty*'
    }

    Context 'of upstream' {
        BeforeAll {
            $script:canServe = [bool](Find-TestProgram -Name LoopbackGitHub)
            if ($canServe) {
                $script:made = Initialize-GitHubHome -Path (Join-Path $TestDrive 'github') -Absent 2
                $script:server = Open-LoopbackGitHub -Folder $made.Repositories
            }
        }

        AfterAll {
            Connect-LoopbackGitHub
            Close-LoopbackGitHub -Server $server
        }

        BeforeEach {
            if (-not $canServe) {
                Set-ItResult -Skipped -Because 'LoopbackGitHub was not built'
            }
        }

        It 'are one for each artifact, which is its target, and the others go on' {
            Connect-LoopbackGitHub -Server $server
            $checks = Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $made.Home -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.Count | Should -Be 2
            $problems.TargetObject.ArtifactId | Sort-Object | Should -Be 'skill:absent-001', 'skill:absent-002'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'UpstreamNotFound,*'
            $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
            @($checks | Where-Object UpdateAvailable).Count | Should -Be 2
        }

        It 'stop at the first with -ErrorAction Stop' {
            Connect-LoopbackGitHub -Server $server
            (Get-Failure { Invoke-SkmCollectionRefresh -CheckOnly -SkillMeatHome $made.Home -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'UpstreamNotFound,*'
        }

        It 'say which token was refused, and never the token' {
            Connect-LoopbackGitHub -Server $server
            $token = ConvertTo-SecureString -String 'ghp_wrongwrongwrong' -AsPlainText -Force
            $null = Invoke-SkmCollectionRefresh -CheckOnly -Token $token -SkillMeatHome $made.Home -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'UpstreamUnauthorized,*'
            $problems[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
            "$($problems[0])" | Should -BeLike '*-Token*'
            "$problems" | Should -Not -BeLike '*ghp_wrong*'
        }

        It 'end after -TimeoutSec where a host accepts connections and never answers' {
            $silent = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
            $silent.Start()
            try {
                $root = "http://$($silent.LocalEndpoint)"
                Connect-LoopbackGitHub -Server ([pscustomobject]@{ ServerUrl = $root; ApiUrl = "$root/api/v3"; GraphQlUrl = "$root/api/graphql" })
                foreach ($token in @{}, @{ Token = ConvertTo-SecureString -String 'ghp_any' -AsPlainText -Force }) {
                    $watch = [System.Diagnostics.Stopwatch]::StartNew()
                    $null = Invoke-SkmCollectionRefresh -CheckOnly -TimeoutSec 1 @token -SkillMeatHome $made.Home -ErrorVariable problems -ErrorAction SilentlyContinue
                    $watch.Elapsed.TotalSeconds | Should -BeLessThan 20
                    $problems[0].FullyQualifiedErrorId | Should -BeLike 'UpstreamUnavailable,*'
                    "$problems" | Should -BeLike '*within the time-out of 1 s*'
                }

                Test-SkmUpstream -TimeoutSec 1 -SkillMeatHome $made.Home | Where-Object Check -EQ reachable | ForEach-Object Status | Should -Be 'Error'
            }
            finally {
                $silent.Stop()
            }
        }

        It 'are none without a token' {
            Connect-LoopbackGitHub -Server $server
            $null = Invoke-SkmCollectionRefresh -Name 'skill-*' -CheckOnly -SkillMeatHome $made.Home -ErrorVariable problems
            $problems | Should -BeNullOrEmpty
        }
    }
}

Describe 'One of many' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $null = New-SkmCollection -Name work -SkillMeatHome $sample
    }

    It 'does not keep the others from being made, chosen or restored' {
        ('default', 'fresh' | New-SkmCollection -SkillMeatHome $sample -ErrorVariable problems -ErrorAction SilentlyContinue).Name | Should -Be 'fresh'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CollectionExists,*'
        'nosuch', 'work' | Set-SkmCollection -Active -SkillMeatHome $sample -ErrorAction SilentlyContinue
        (Get-SkmCollection -Active -SkillMeatHome $sample).Name | Should -Be 'work'
        $id = (Invoke-SkmCollectionRefresh -Collection default -SkillMeatHome $sample | Where-Object SnapshotId).SnapshotId
        ('nosuch', $id | Restore-SkmSnapshot -Force -Collection default -SkillMeatHome $sample -ErrorAction SilentlyContinue).SnapshotId | Should -Be $id
    }

    It 'is an object with a name, and not the text of the object' {
        ([pscustomobject]@{ Name = 'three' } | New-SkmCollection -SkillMeatHome $sample).Name | Should -Be 'three'
        (Get-SkmCollection -Name w* -SkillMeatHome $sample | Get-SkmCollection -SkillMeatHome $sample).Name | Should -Be 'work'
    }

    It 'is found whatever its case' {
        (Get-SkmArtifact -Collection DEFAULT -SkillMeatHome $sample).Count | Should -Be 4
        { Get-SkmSnapshot -Collection WORK -SkillMeatHome $sample -ErrorAction Stop } | Should -Not -Throw
        (Set-SkmCollection -Name WORK -Active -PassThru -SkillMeatHome $sample).Name | Should -Be 'work'
    }

    It 'is missed only where no collection has it' {
        $null = Invoke-SkmCollectionRefresh -Name pdf-tools -Collection default, work -CheckOnly -SkillMeatHome $sample -ErrorVariable problems
        $problems | Should -BeNullOrEmpty
        $null = Invoke-SkmCollectionRefresh -Name nothing -Collection default, work -CheckOnly -SkillMeatHome $sample -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 1
    }

    It 'may have brackets in its name' {
        $null = New-SkmCollection -Name 'a[1]' -SkillMeatHome $sample
        (Get-SkmCollection -Name 'a*' -SkillMeatHome $sample | Invoke-SkmCollectionRefresh -Summary -SkillMeatHome $sample).Collection | Should -Be 'a[1]'
    }

    It 'may be a pattern that is none' {
        (Get-Failure { Get-SkmArtifact -Name 'a[b' -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }
}
