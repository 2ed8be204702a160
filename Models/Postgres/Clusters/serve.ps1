# The same as serve.sh, for Windows. pg_ctl gives up an administrator's rights, which PostgreSQL refuses to run with.
param([string] $Cluster, [string] $Log, [string] $After, [string] $Control, [string] $Options)

$data = Join-Path $Cluster 'data'
& $Control start -w -s -D $data -l $Log -o $Options
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

function Test-Needed {
    foreach ($lease in Get-ChildItem (Join-Path $Cluster 'leases') -File -ErrorAction SilentlyContinue) {
        if (Get-Process -Id ($lease.Name.Split('.')[0]) -ErrorAction SilentlyContinue) { return $true }
    }
    return $false
}

while (Test-Path (Join-Path $data 'postmaster.pid')) {
    Start-Sleep -Seconds 1
    if (-not (Test-Needed)) { & $Control stop -m fast -s -D $data }
}
if ($After -eq 'remove' -and -not (Test-Needed)) { Remove-Item $Cluster -Recurse -Force }
